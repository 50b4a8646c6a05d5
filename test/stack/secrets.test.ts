import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { kubectl, logDir, pulumiState, sandboxStack, withStack } from "../../sandbox";
import { list, namespace } from "../support/cluster";

/** A text to search, and where it is from. */
interface Text {
    from: string;
    text: string;
}

function filesBelow(dir: string): Text[] {
    return fs
        .readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .map((file) => ({ from: file, text: fs.readFileSync(file, "utf8") }));
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

/** The ways in which a value could stand somewhere. */
const spellings = (value: string) => [value, Buffer.from(value).toString("base64"), encodeURIComponent(value)];

describe("no generated secret stands anywhere in plain", () => {
    const values = new Map<string, string>();

    before(async () => {
        for (const secret of await list("secrets")) {
            for (const [key, value] of Object.entries(secret.data ?? {})) {
                if (!/password|secret|pgpass|uri|redis.conf/i.test(key)) continue;
                values.set(`${secret.metadata.name}/${key}`, Buffer.from(value, "base64").toString());
            }
        }
        assert.ok(values.size >= 5, `only ${[...values.keys()].join(", ")}`);
    });

    const assertAbsent = (texts: Text[]) => {
        assert.ok(texts.length > 0);
        for (const { from, text } of texts) {
            for (const [name, value] of values) {
                for (const spelling of spellings(value))
                    assert.ok(!text.includes(spelling), `${name} stands in ${from}`);
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
            { config: { "justdb-cloud:appMaxReplicas": "4" } },
        );
        await withStack(sandboxStack, async (stack) => {
            await stack.up({ diff: true, onOutput });
            text += await stack.workspace.stackOutputs(sandboxStack).then((outputs) => {
                return JSON.stringify(Object.values(outputs).filter((output) => !output.secret));
            });
        });
        assert.match(text, /maxReplicas/);
        assertAbsent([{ from: "the engine's output", text }]);
    });
});
