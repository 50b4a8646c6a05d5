import assert from "node:assert/strict";
import { join } from "node:path";
import { schema } from "../../components/parts";

interface Property {
    optional?: boolean;
    description?: string;
}

interface Analysis {
    components: Record<string, { inputs: Record<string, Property>; outputs: Record<string, Property> }>;
}

type AnalyzerClass = new (
    folder: string,
    name: string,
    manifest: object,
    components: Set<string>,
) => { analyze(): Analysis };

/** What Pulumi makes of the package for its other languages. */
describe("the package's schema", () => {
    let component: Analysis["components"][string];
    before(async function () {
        // It compiles all that tsconfig.json names.
        this.timeout(120_000);
        const path = "@pulumi/pulumi/provider/experimental/analyzer.js";
        const { Analyzer } = (await import(path)) as { Analyzer: AnalyzerClass };
        const root = join(__dirname, "../..");
        const main = "components/index.ts";
        const analyzer = new Analyzer(root, "justdb-cloud", { main }, new Set(["JustDbCloud"]));
        component = analyzer.analyze().components.JustDbCloud!;
    });

    it("has every argument, all of them optional and described", () => {
        assert.deepEqual(Object.keys(component.inputs).sort(), Object.keys(schema).sort());
        for (const [name, input] of Object.entries(component.inputs)) {
            assert.ok(input.optional && input.description, name);
        }
    });

    it("has every output, described", () => {
        assert.ok(Object.keys(component.outputs).includes("url"));
        for (const [name, output] of Object.entries(component.outputs)) {
            assert.ok(output.description, name);
        }
    });
});
