import assert from "node:assert/strict";
import { join } from "node:path";
import { ESLint, type Linter } from "eslint";

const refusing = ["@typescript-eslint/no-restricted-imports", "no-restricted-syntax"];
const network = 'import * as networking from "@pulumi/kubernetes/networking/v1";';
const flow = 'import type { Flow } from "../lib/flow";';

describe("eslint.config.mjs", () => {
    let eslint: ESLint;
    before(() => {
        // Nothing that needs types is run, so that no program is made.
        const untyped: Linter.Config = { languageOptions: { parserOptions: { project: false } } };
        eslint = new ESLint({
            cwd: join(__dirname, "../.."),
            overrideConfig: untyped,
            ruleFilter: ({ ruleId }) => refusing.includes(ruleId),
        });
    });

    async function said(filePath: string, code: string): Promise<string> {
        const [result] = await eslint.lintText(code, { filePath });
        return result!.messages.map(({ message }) => message).join("\n");
    }

    const refuses = (title: string, file: string, code: string, message: RegExp) =>
        it(`refuses ${title}`, async () => assert.match(await said(file, code), message));
    const allows = (title: string, file: string, code: string) =>
        it(`allows ${title}`, async () => assert.equal(await said(file, code), ""));

    const sandbox = /The sandbox uses the product/;
    refuses("the sandbox in a part", "components/app/app.ts", 'import { up } from "../../sandbox";', sandbox);
    refuses("the sandbox by its package", "tools/lint.ts", 'export { up } from "justdb-cloud-sandbox";', sandbox);
    refuses("the sandbox where it is loaded late", "policy/index.ts", 'void import("../sandbox/cli");', sandbox);
    refuses("the sandbox in a list of flows", "components/app/flows.ts", 'import "../../sandbox/cli";', sandbox);
    refuses("the sandbox in a part.ts", "components/app/part.ts", 'void import("../../sandbox/cli");', sandbox);

    const policies = /NetworkPolicies are made in components\/network\/ alone/;
    refuses("a NetworkPolicy in a part", "components/app/app.ts", network, policies);
    refuses("a NetworkPolicy in lib/", "components/lib/pod.ts", network, policies);
    refuses("a NetworkPolicy beside the flows", "components/app/flows.ts", network, policies);
    refuses(
        "a NetworkPolicy of the former API",
        "components/app/app.ts",
        'import { NetworkPolicy } from "@pulumi/kubernetes/extensions/v1beta1";',
        policies,
    );
    allows("NetworkPolicies in network/", "components/network/network.ts", network);
    allows(
        "an Ingress in a part",
        "components/edge/ingress.ts",
        'import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress";',
    );

    const flows = /Declare connections in the flows\.ts of the part/;
    refuses("a flow outside of a flows.ts", "components/app/app.ts", flow, flows);
    refuses("a flow in a part.ts", "components/app/part.ts", "export const part = { flows: () => [] };", flows);
    allows("a flow in a flows.ts", "components/app/flows.ts", flow);
    allows("a kind of pods in a part", "components/app/names.ts", 'import type { PodKind } from "../lib/flow";');

    const roots = /Import the module that has the resource/;
    for (const name of ["kubernetes", "aws"])
        for (const file of ["components/app/app.ts", "components/network/network.ts", "components/lib/pod.ts"])
            refuses(`all of ${name} in ${file}`, file, `import * as ${name} from "@pulumi/${name}";`, roots);
    allows("all of them in a test", "test/support/plan.ts", 'import * as kubernetes from "@pulumi/kubernetes";');
    allows("a module of it", "components/app/app.ts", 'import * as apps from "@pulumi/kubernetes/apps/v1";');
});
