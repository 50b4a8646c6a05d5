import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { kubectl, logDir, pulumiState, sandboxStack, withStack } from "../../sandbox";
import { traces } from "../../tools/lib/spellings";
import { list, namespace } from "../support/cluster";
import { knownSecrets } from "../support/known-secrets";
import { unlessGone } from "../support/nothing-left";

/** A text to search, and where it is from. */
interface Text {
    from: string;
    text: string;
}

function filesBelow(dir: string): Text[] {
    return (
        fs
            .readdirSync(dir, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => path.join(entry.parentPath, entry.name))
            // Other stacks write theirs meanwhile.
            .map((file) => ({ from: file, text: unlessGone(() => fs.readFileSync(file, "utf8")) ?? "" }))
    );
}

async function podLogs(): Promise<Text[]> {
    const pods = [...(await list("pods")), ...(await list("pods", "cnpg-system"))];
    return Promise.all(
        pods.map(async ({ metadata }) => ({
            from: `log of ${metadata.name}`,
            text: await kubectl(["-n", metadata.namespace!, "logs", metadata.name, "--all-containers"]),
        })),
    );
}

/** Every object of the namespace but the Secrets themselves. */
async function objects(): Promise<Text[]> {
    const kinds = (await kubectl(["api-resources", "--verbs=list", "--namespaced", "-o", "name"])).trim().split("\n");
    const searched = kinds.filter((kind) => kind !== "secrets");
    const all = await kubectl(["-n", namespace, "get", searched.join(","), "-o", "yaml"]);
    const each = all.split(/^(?=- apiVersion: )/m).slice(1);
    return each.map((text) => ({ from: /^ {2}kind: .*/m.exec(text)![0].trim(), text }));
}

describe("no generated secret stands anywhere in plain", () => {
    let values: Map<string, string>;

    before(async () => {
        values = await knownSecrets();
    });

    const assertAbsent = (texts: Text[]) => {
        assert.ok(texts.length > 0);
        for (const { from, text } of texts) {
            for (const [name, value] of values) {
                for (const trace of traces(value)) assert.ok(!text.includes(trace), `${name} stands in ${from}`);
            }
        }
    };

    it("is found where it must be, so the search can find", async () => {
        const text = await kubectl(["-n", namespace, "get", "secrets", "-o", "yaml"]);
        assert.throws(() => assertAbsent([{ from: "secrets", text }]));
    });

    it("in the engine's state", () => assertAbsent(filesBelow(pulumiState)));

    it("in the logs of the machine's parts", () => assertAbsent(filesBelow(logDir)));

    it("in the logs of the pods", async () => assertAbsent(await podLogs()));

    it("in any object but the Secrets", async () => assertAbsent(await objects()));

    it("in outputs, previews and updates", async () => {
        let text = "";
        const onOutput = (chunk: string) => (text += chunk);
        await withStack(
            sandboxStack,
            async (stack) => {
                await stack.preview({ diff: true, onOutput });
                await stack.up({ diff: true, onOutput });
            },
            { config: { "justdb-cloud:appCpuTargetPercent": "71" } },
        );
        await withStack(sandboxStack, async (stack) => {
            await stack.up({ diff: true, onOutput });
            text += await stack.workspace.stackOutputs(sandboxStack).then((outputs) => {
                return JSON.stringify(Object.values(outputs).filter((output) => !output.secret));
            });
        });
        assert.match(text, /averageUtilization/);
        assertAbsent([{ from: "the engine's output", text }]);
    });
});
