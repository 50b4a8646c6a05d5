import assert from "node:assert/strict";
import { documentedArguments } from "../../../../tools/docs/arguments";

describe("the documented arguments", () => {
    const groups = documentedArguments();
    const field = (name: string) => groups.flatMap(({ fields }) => fields).find((one) => one.name === name);

    it("are grouped by interface, in the order in which JustDbCloudArgs extends them", () => {
        assert.equal(groups[0]?.fields[0]?.name, "environment");
        assert.equal(new Set(groups.map(({ file }) => file)).size, groups.length);
    });

    it("have the text and the tags of their comment, and their type as it is written", () => {
        assert.deepEqual(field("appImage"), {
            name: "appImage",
            type: "pulumi.Input<string>",
            text: "Image of JustDB Cloud, with a version tag or a digest.",
            default: '"justdb/cloud:1.0.0"',
            example: '"registry.example.com/justdb/cloud:1.0.1"',
        });
    });

    it("may have braces and what would end a comment in their tags", () => {
        assert.equal(field("serviceAnnotations")?.default, "{}");
        assert.equal(JSON.parse(field("backupSchedule")!.example), "0 */6 * * *");
    });
});
