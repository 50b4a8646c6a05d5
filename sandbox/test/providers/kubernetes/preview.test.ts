import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { kubernetes } from "../../../providers/kubernetes/provider";
import { type Host, silentHost } from "../../../providers/lib/host";
import { plainObject, unknown, type Values } from "../../../providers/lib/values";

const resource = {
    urn: "urn:pulumi:lab::lab::kubernetes:apps/v1:StatefulSet::it",
    name: "it",
    type: "kubernetes:apps/v1:StatefulSet",
};
const inputs: Values = {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "it", namespace: "lab" },
    spec: {},
};

interface Answer {
    status: number;
    body: Values;
    headers?: http.OutgoingHttpHeaders;
}

const served = { resource: "statefulsets", responseKind: { kind: "StatefulSet" }, scope: "Namespaced" };
const kinds = { items: [{ metadata: { name: "apps" }, versions: [{ version: "v1", resources: [served] }] }] };
const refusal = (status: number, reason: string, message: string, kind?: string): Answer => ({
    status,
    body: { reason, message, details: { kind } },
});
const immutable = refusal(422, "Invalid", "spec.template: Invalid value: {}: field is immutable");
const forbidden = refusal(
    422,
    "Invalid",
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas'",
);
const noWebhook = refusal(500, "InternalError", 'failed calling webhook "v.example.com": connection refused');

describe("sandbox/providers/kubernetes: previews", () => {
    let asked: string[];
    let answers: Answer[];
    let live: Values | undefined;
    let said: string[];
    let server: http.Server;

    beforeEach(async () => {
        [asked, answers, live, said] = [[], [], undefined, []];
        server = http.createServer((request, response) => {
            const { pathname } = new URL(request.url!, "http://localhost");
            const isObject = pathname.includes("/statefulsets");
            if (isObject && request.method !== "GET") asked.push(`${request.method} ${pathname.split("/").at(-1)}`);
            const chunks: Buffer[] = [];
            request.on("data", (chunk: Buffer) => chunks.push(chunk));
            request.on("end", () => {
                const found = live ? { status: 200, body: live } : { status: 404, body: {} };
                const sent = () => JSON.parse(Buffer.concat(chunks).toString()) as Values;
                const written = () => answers.shift() ?? { status: 200, body: sent() };
                const all = { status: 200, body: pathname === "/apis" ? kinds : { items: [] } };
                const answer: Answer = !isObject ? all : request.method === "GET" ? found : written();
                response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.body));
            });
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });
    afterEach(() => {
        server.closeAllConnections();
        server.close();
    });

    function provider(upsertExistingObjects = "true", port = (server.address() as AddressInfo).port) {
        const kubeconfig = JSON.stringify({
            clusters: [{ name: "lab", cluster: { server: `http://127.0.0.1:${port}` } }],
            contexts: [{ name: "lab", context: { cluster: "lab", user: "lab" } }],
            users: [{ name: "lab", user: {} }],
            "current-context": "lab",
        });
        const host: Host = { ...silentHost, info: (_, message) => said.push(message) };
        return kubernetes.configure({ kubeconfig, upsertExistingObjects }, host);
    }

    const creation = async (given = inputs, using = provider()) =>
        plainObject((await using.create({ ...resource, inputs: given, timeout: 0, preview: true })).outputs);
    const update = async () =>
        plainObject(
            await provider().update({
                ...resource,
                id: "lab/it",
                inputs,
                oldInputs: inputs,
                state: inputs,
                ignoreChanges: [],
                timeout: 0,
                preview: true,
            }),
        );
    const isDryRun = (outputs: Values) => "__fieldManager" in outputs;

    it("try a replacement again under another name, where a field cannot change, and say so", async () => {
        answers = [immutable];
        const outputs = await creation();
        assert.ok(isDryRun(outputs));
        assert.match(asked.join(" "), /^PATCH it PATCH it\w{5}$/);
        assert.match(said.join(), /^Preview creation failed due to immutable fields; retrying with name "it\w{5}"$/);
    });

    it("end where a StatefulSet is in the way, which says it in other words, and where a webhook is not there", async () => {
        for (const [refused, message] of [
            [forbidden, /StatefulSet lab\/it: spec: Forbidden: updates to statefulset spec/],
            [noWebhook, /failed calling webhook/],
        ] as const) {
            answers = [refused];
            await assert.rejects(creation(), message);
        }
        assert.deepEqual(said, []);
    });

    it("show the inputs of what cannot be asked for yet", async () => {
        for (const refused of [
            refusal(403, "Forbidden", "not allowed"),
            refusal(404, "NotFound", 'namespaces "lab" not found', "namespaces"),
            refusal(409, "AlreadyExists", 'statefulsets.apps "it" already exists'),
            refusal(400, "BadRequest", 'admission webhook "v.example.com" does not support dry run'),
        ]) {
            answers = [refused];
            assert.equal(isDryRun(await creation()), false, refused.body.message as string);
        }
        assert.equal(asked.length, 4);
        assert.equal(isDryRun(await creation({ ...inputs, spec: { serviceName: unknown } })), false);
        assert.equal(isDryRun(await creation(inputs, provider("true", 9))), false);
        assert.equal(asked.length, 4);
    });

    it("of an update end at every refusal but one of rights", async () => {
        live = { ...inputs, metadata: { name: "it", namespace: "lab", managedFields: [] } };
        answers = [immutable];
        await assert.rejects(update(), /field is immutable/);
        answers = [refusal(403, "Forbidden", "not allowed")];
        assert.equal(isDryRun(await update()), false);
    });

    it("and updates ask again where the API server says when, and for no webhook", async () => {
        answers = [{ ...refusal(429, "TooManyRequests", "busy"), headers: { "retry-after": "0" } }];
        assert.ok(isDryRun(await creation()));
        assert.equal(asked.length, 2);
        answers = [noWebhook];
        await assert.rejects(
            async () => provider("false").create({ ...resource, inputs, timeout: 0, preview: false }),
            /failed calling webhook/,
        );
        assert.equal(asked.length, 3);
    });
});
