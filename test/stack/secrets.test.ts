import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { kubectl, logDir, pulumiState, sandboxStack, waitFor, withStack } from "../../sandbox";
import { get, list, namespace, podsReady, sql } from "../support/cluster";
import { knownSecrets, spellings } from "../support/known-secrets";

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

describe("no generated secret stands anywhere in plain", () => {
    let values: Map<string, string>;

    before(async () => {
        values = await knownSecrets();
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

    // More pods of the app may connect then: the database's instance is restarted for it, and again for the way back.
    after(async () => {
        const { spec } = await get("clusters.postgresql.cnpg.io", "justdb-db");
        const { max_connections: wanted } = (spec as { postgresql: { parameters: Record<string, string> } }).postgresql
            .parameters;
        await waitFor("the database's restart", 120_000, async () => {
            const has = await sql("SHOW max_connections").catch((error: Error) => error.message);
            return has === wanted || `max_connections is ${has}, not yet ${wanted}`;
        });
        await podsReady("cnpg.io/cluster=justdb-db", 1);
        await podsReady("app=justdb-cloud", 2);
    });

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
