import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { NotReadyError, type ProviderModule } from "../../../providers/lib/provider";
import { serve } from "../../../providers/lib/server";
import { fromStruct, toStruct } from "../../../providers/lib/values";

const module: ProviderModule = {
    name: "fake",
    version: "1.2.3",
    replaceOn: ["cluster"],
    configure: (inputs) => ({
        check: (request) => ({ inputs: { ...request.news, from: inputs.cluster } }),
        diff: () => ({
            changes: [
                { path: ["spec", "a"], kind: "update", replace: true },
                { path: ["spec", "replicas"], kind: "update", replace: false },
            ],
            deleteBeforeReplace: true,
        }),
        create: (request) => {
            throw new NotReadyError("ns/x", "no pod is ready", { seen: true }, request.inputs);
        },
        read: () => undefined,
        update: (request) => request.inputs,
        delete: () => {},
    }),
};

const urn = "urn:pulumi:s::p::fake:index:Thing::t";

async function withServer(use: (connect: () => ResourceProviderClient) => Promise<void>): Promise<void> {
    const server = await serve(module);
    const clients: ResourceProviderClient[] = [];
    const connect = () => {
        // A channel of its own, as each provider resource has in the engine.
        const options = { "grpc.use_local_subchannel_pool": 1 };
        const client = new ResourceProviderClient(
            `127.0.0.1:${server.port}`,
            grpc.credentials.createInsecure(),
            options,
        );
        clients.push(client);
        return client;
    };
    try {
        await use(connect);
    } finally {
        for (const client of clients) client.close();
        server.stop();
    }
}

type Callback<T> = (error: grpc.ServiceError | null, response: T) => void;

function ask<T>(call: (callback: Callback<T>) => unknown): Promise<T> {
    return new Promise((resolve, reject) => {
        call((error, response) => (error ? reject(error) : resolve(response)));
    });
}

function configure(client: ResourceProviderClient, cluster: string): Promise<proto.ConfigureResponse> {
    const request = new proto.ConfigureRequest().setArgs(toStruct({ cluster }));
    return ask((callback) => client.configure(request, callback));
}

describe("sandbox/providers/lib/server", () => {
    it("gives each connection its own configuration", async () => {
        await withServer(async (connect) => {
            const [a, b] = [connect(), connect()];
            await Promise.all([configure(a, "one"), configure(b, "two")]);
            const request = new proto.CheckRequest().setUrn(urn).setNews(toStruct({ x: 1 }));
            const answers = [a, b].map((client) =>
                ask<proto.CheckResponse>((callback) => client.check(request, callback)),
            );
            const from = (await Promise.all(answers)).map((answer) => fromStruct(answer.getInputs()).from);
            assert.deepEqual(from, ["one", "two"]);
        });
    });

    it("refuses to act on a connection that was not configured", async () => {
        await withServer(async (connect) => {
            const request = new proto.CheckRequest().setUrn(urn);
            const answer = ask<proto.CheckResponse>((callback) => connect().check(request, callback));
            await assert.rejects(answer, /the fake provider was not configured/);
        });
    });

    it("tells replacements, and leaves out ignored changes", async () => {
        await withServer(async (connect) => {
            const client = connect();
            await configure(client, "one");
            const request = new proto.DiffRequest().setUrn(urn).setIgnorechangesList(["spec.replicas"]);
            const answer = await ask<proto.DiffResponse>((callback) => client.diff(request, callback));
            assert.deepEqual(answer.getReplacesList(), ["spec.a"]);
            assert.equal(answer.getDetaileddiffMap().getLength(), 1);
            assert.equal(answer.getDeletebeforereplace(), true);
        });
    });

    it("hands over the state of what exists but is not ready", async () => {
        await withServer(async (connect) => {
            const client = connect();
            await configure(client, "one");
            const request = new proto.CreateRequest().setUrn(urn).setProperties(toStruct({ a: 1 }));
            const answer = ask<proto.CreateResponse>((callback) => client.create(request, callback));
            await assert.rejects(answer, (error: grpc.ServiceError) => {
                assert.equal(error.details, "no pod is ready");
                const [details] = error.metadata.get("grpc-status-details-bin");
                assert.match(String(details), /ErrorResourceInitFailed/);
                return true;
            });
        });
    });
});
