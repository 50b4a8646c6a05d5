import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { kubernetes } from "../../../providers/kubernetes/provider";
import { silentHost } from "../../../providers/lib/host";
import type { Provider } from "../../../providers/lib/provider";
import { plainObject, secret, unknown, type Values } from "../../../providers/lib/values";

const resource = {
    urn: "urn:pulumi:lab::lab::kubernetes:core/v1:Secret::it",
    name: "it",
    type: "kubernetes:core/v1:Secret",
};
const inputs = (annotations: Values = {}, data: Values = { key: "dg==" }): Values => ({
    metadata: { name: "it", namespace: "lab", annotations },
    data,
});
const forced = { "pulumi.com/patchForce": "true" };
const named = { ...forced, "pulumi.com/patchFieldManager": "named" };

/** An API server that keeps one object and notes what is asked of it; who owns what is up to a real one. */
class ApiServer {
    readonly asked: string[] = [];
    object: Values | undefined;
    private readonly server = http.createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
            const body = JSON.parse(Buffer.concat(chunks).toString() || "null") as Values;
            const { status, answer } = this.answer(request, body);
            response.writeHead(status).end(JSON.stringify(answer));
        });
    });

    async start(): Promise<string> {
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    stop(): void {
        this.server.closeAllConnections();
        this.server.close();
    }

    private answer({ method, url = "" }: http.IncomingMessage, body: Values): { status: number; answer: unknown } {
        const { pathname, searchParams } = new URL(url, "http://localhost");
        if (!pathname.includes("/secrets")) return { status: 200, answer: pathname === "/api" ? kinds : { items: [] } };
        if (method !== "GET") this.asked.push(`${method} ${searchParams.toString()}`);
        if (method === "POST" && this.object) {
            return { status: 409, answer: { reason: "AlreadyExists", message: 'secrets "it" already exists' } };
        }
        if (method === "GET" && !this.object) return { status: 404, answer: {} };
        if (method !== "GET" && !Array.isArray(body) && !searchParams.has("dryRun")) this.object = body;
        return { status: 200, answer: method === "GET" || Array.isArray(body) ? this.object : body };
    }
}

const kinds = {
    items: [
        {
            metadata: { name: "" },
            versions: [
                {
                    version: "v1",
                    resources: [{ resource: "secrets", responseKind: { kind: "Secret" }, scope: "Namespaced" }],
                },
            ],
        },
    ],
};

describe("sandbox/providers/kubernetes: takeover", () => {
    let api: ApiServer;
    let server: string;
    beforeEach(async () => {
        api = new ApiServer();
        server = await api.start();
    });
    afterEach(() => api.stop());

    function configure(more: Values = {}): Provider {
        const kubeconfig = JSON.stringify({
            clusters: [{ name: "lab", cluster: { server } }],
            contexts: [{ name: "lab", context: { cluster: "lab", user: "lab" } }],
            users: [{ name: "lab", user: {} }],
            "current-context": "lab",
        });
        return kubernetes.configure({ kubeconfig, ...more }, silentHost);
    }

    const create = async (provider: Provider, given: Values, preview = false) =>
        plainObject((await provider.create({ ...resource, inputs: given, timeout: 0, preview })).outputs);
    const update = async (provider: Provider, state: Values, oldInputs: Values, given: Values) =>
        plainObject(
            await provider.update({
                ...resource,
                id: "lab/it",
                inputs: given,
                oldInputs,
                state,
                ignoreChanges: [],
                timeout: 0,
                preview: false,
            }),
        );

    it("refuses what exists, whoever made it, and a preview does not tell", async () => {
        const provider = configure();
        await create(provider, inputs());
        await create(provider, inputs(), true);
        await assert.rejects(async () => create(provider, inputs()), /Secret lab\/it: .*already exists/);
        assert.deepEqual(api.asked, [
            "POST fieldManager=pulumi-kubernetes",
            "POST fieldManager=pulumi-kubernetes&dryRun=All",
            "POST fieldManager=pulumi-kubernetes",
        ]);
    });

    it("takes it over with upsertExistingObjects, under another name each time, by force in previews alone", async () => {
        const provider = configure({ upsertExistingObjects: "true" });
        const first = await create(provider, inputs());
        await create(provider, inputs(), true);
        const second = await create(provider, inputs(forced));
        const [one, two] = [String(first.__fieldManager), String(second.__fieldManager)];
        assert.notEqual(one, two);
        assert.equal(api.asked[0], `PATCH force=false&fieldManager=${one}`);
        assert.match(api.asked[1]!, /^PATCH force=true&.*dryRun=All$/);
        assert.equal(api.asked[2], `PATCH force=true&fieldManager=${two}`);
    });

    it("updates under the name in the state, and gives that one up for the program's", async () => {
        const provider = configure({ upsertExistingObjects: "true" });
        const state = await create(provider, inputs(forced));
        const name = String(state.__fieldManager);
        const next = await update(provider, state, inputs(forced), inputs(named));
        assert.equal(next.__fieldManager, "named");
        await update(provider, next, inputs(named), inputs(named, { key: "dw==" }));
        assert.deepEqual(api.asked.slice(1), [
            "PATCH force=true&fieldManager=named",
            `PATCH force=false&fieldManager=${name}`,
            "PATCH force=true&fieldManager=named",
        ]);
    });

    it("does not make anew in an update what somebody has deleted", async () => {
        const provider = configure();
        const state = await create(provider, inputs());
        api.object = undefined;
        await assert.rejects(async () => update(provider, state, inputs(), inputs()), /not found/);
    });

    it("applies a Secret's stringData as data once all of it is known", async () => {
        const check = async (stringData: unknown) =>
            plainObject(
                (
                    await configure().check({
                        ...resource,
                        olds: undefined,
                        news: { metadata: { name: "it", namespace: "lab" }, stringData },
                        randomSeed: new Uint8Array(),
                    })
                ).inputs,
            );
        assert.deepEqual((await check(secret({ key: "v" }))).data, { key: "dg==" });
        assert.deepEqual((await check({ key: unknown, other: "v" })).stringData, { key: unknown, other: "v" });
    });
});
