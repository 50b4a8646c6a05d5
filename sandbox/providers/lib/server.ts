// Pulumi's provider protocol over gRPC. The SDK's own server leaves out what these providers need: the provider's
// inputs, previews, time-outs, ignored changes and detailed differences.
import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { diff, printPath, withoutIgnored } from "./diff";
import { toServiceError } from "./errors";
import { type Host, connectHost, silentHost } from "./host";
import { Answer, DiffResult, Provider, ProviderModule } from "./provider";
import { fromStruct, plainObject, toStruct } from "./values";

type Unary<Request, Response> = (request: Request, peer: string) => Answer<Response>;

/** The engine opens one connection for each provider resource, so the peer tells which configuration is meant. */
interface Connection {
    host: Host;
    provider?: Provider;
}

function handler<Request, Response>(answer: Unary<Request, Response>): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        const answered = new Promise<Response>((resolve) => resolve(answer(call.request, call.getPeer())));
        answered.then(
            (response) => callback(null, response),
            (error: unknown) => callback(toServiceError(error)),
        );
    };
}

const unimplemented = handler<unknown, never>(() => {
    const error = Object.assign(new Error("not implemented"), { code: grpc.status.UNIMPLEMENTED });
    return Promise.reject(error);
});

function resourceOf(request: { getUrn(): string; getName(): string; getType(): string }) {
    const [, , qualifiedType = "", urnName = ""] = request.getUrn().split("::");
    return {
        urn: request.getUrn(),
        name: request.getName() || urnName,
        type: request.getType() || (qualifiedType.split("$").pop() ?? ""),
    };
}

const kinds = {
    add: [proto.PropertyDiff.Kind.ADD, proto.PropertyDiff.Kind.ADD_REPLACE],
    delete: [proto.PropertyDiff.Kind.DELETE, proto.PropertyDiff.Kind.DELETE_REPLACE],
    update: [proto.PropertyDiff.Kind.UPDATE, proto.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

export function diffResponse(result: DiffResult): proto.DiffResponse {
    const response = new proto.DiffResponse();
    const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
    response.setChanges(result.changes.length ? DIFF_SOME : DIFF_NONE);
    response.setDeletebeforereplace(result.deleteBeforeReplace);
    response.setHasdetaileddiff(true);
    for (const change of result.changes) {
        const path = printPath(change.path);
        const detail = new proto.PropertyDiff();
        detail.setKind(kinds[change.kind][change.replace ? 1 : 0]);
        detail.setInputdiff(true);
        response.getDetaileddiffMap().set(path, detail);
        response.addDiffs(String(change.path[0]));
        if (change.replace) response.addReplaces(path);
    }
    return response;
}

export class ProviderServer {
    private readonly connections = new Map<string, Connection>();

    constructor(private readonly module: ProviderModule) {}

    private connection(peer: string): Connection {
        const existing = this.connections.get(peer);
        if (existing) return existing;
        const created: Connection = { host: silentHost };
        this.connections.set(peer, created);
        return created;
    }

    private provider(peer: string): Provider {
        const provider = this.connection(peer).provider;
        // Falling back to the environment's cluster or account could change the wrong one.
        if (!provider) throw new Error(`the ${this.module.name} provider was not configured on this connection`);
        return provider;
    }

    service(): grpc.UntypedServiceImplementation {
        const methods: Record<keyof typeof ResourceProviderService, grpc.UntypedHandleCall> = {
            handshake: unimplemented,
            parameterize: unimplemented,
            call: unimplemented,
            list: unimplemented,
            getMapping: unimplemented,
            getMappings: unimplemented,
            attach: handler((request: import("@pulumi/pulumi/proto/plugin_pb").PluginAttach, peer) => {
                this.connection(peer).host = connectHost(request.getAddress());
                return new Empty();
            }),
            getPluginInfo: handler(() => new PluginInfo().setVersion(this.module.version)),
            getSchema: handler(() => {
                const { name, version } = this.module;
                return new proto.GetSchemaResponse().setSchema(JSON.stringify({ name, version }));
            }),
            cancel: handler((_: Empty, peer) => {
                this.connection(peer).provider?.cancel?.();
                return new Empty();
            }),
            checkConfig: handler((request: proto.CheckRequest) => {
                return new proto.CheckResponse().setInputs(request.getNews());
            }),
            diffConfig: handler((request: proto.DiffRequest) => this.diffConfig(request)),
            configure: handler((request: proto.ConfigureRequest, peer) => this.configure(request, peer)),
            invoke: handler((request: proto.InvokeRequest, peer) => this.invoke(request, peer)),
            construct: handler((request: proto.ConstructRequest, peer) => this.construct(request, peer)),
            check: handler((request: proto.CheckRequest, peer) => this.check(request, peer)),
            diff: handler((request: proto.DiffRequest, peer) => this.diff(request, peer)),
            create: handler((request: proto.CreateRequest, peer) => this.create(request, peer)),
            read: handler((request: proto.ReadRequest, peer) => this.read(request, peer)),
            update: handler((request: proto.UpdateRequest, peer) => this.update(request, peer)),
            delete: handler((request: proto.DeleteRequest, peer) => this.delete(request, peer)),
        };
        return methods;
    }

    private configure(request: proto.ConfigureRequest, peer: string): proto.ConfigureResponse {
        const connection = this.connection(peer);
        connection.provider = this.module.configure(plainObject(fromStruct(request.getArgs())), connection.host);
        return new proto.ConfigureResponse()
            .setAcceptsecrets(true)
            .setAcceptresources(true)
            .setAcceptoutputs(true)
            .setSupportspreview(true);
    }

    private diffConfig(request: proto.DiffRequest): proto.DiffResponse {
        const before = plainObject(fromStruct(request.getOldInputs()));
        const changes = diff(before, plainObject(fromStruct(request.getNews()))).map((change) => ({
            ...change,
            replace: this.module.replaceOn.includes(String(change.path[0])),
        }));
        return diffResponse({ changes, deleteBeforeReplace: false });
    }

    private async invoke(request: proto.InvokeRequest, peer: string): Promise<proto.InvokeResponse> {
        const provider = this.provider(peer);
        if (!provider.invoke) throw new Error(`unknown function ${request.getTok()}`);
        const outputs = await provider.invoke(request.getTok(), plainObject(fromStruct(request.getArgs())));
        return new proto.InvokeResponse().setReturn(toStruct(outputs));
    }

    private async construct(request: proto.ConstructRequest, peer: string): Promise<proto.ConstructResponse> {
        const provider = this.provider(peer);
        if (!provider.construct) throw new Error(`unknown component ${request.getType()}`);
        const { urn, state } = await provider.construct(request, fromStruct(request.getInputs()));
        return new proto.ConstructResponse().setUrn(urn).setState(toStruct(state));
    }

    private async check(request: proto.CheckRequest, peer: string): Promise<proto.CheckResponse> {
        const olds = fromStruct(request.getOlds());
        const result = await this.provider(peer).check({
            ...resourceOf(request),
            olds: Object.keys(olds).length ? olds : undefined,
            news: fromStruct(request.getNews()),
            randomSeed: request.getRandomseed_asU8(),
        });
        const failures = (result.failures ?? []).map((failure) =>
            new proto.CheckFailure().setProperty(failure.property).setReason(failure.reason),
        );
        return new proto.CheckResponse().setInputs(toStruct(result.inputs)).setFailuresList(failures);
    }

    private async diff(request: proto.DiffRequest, peer: string): Promise<proto.DiffResponse> {
        const ignoreChanges = request.getIgnorechangesList();
        const result = await this.provider(peer).diff({
            ...resourceOf(request),
            id: request.getId(),
            state: fromStruct(request.getOlds()),
            oldInputs: fromStruct(request.getOldInputs()),
            news: fromStruct(request.getNews()),
            ignoreChanges,
        });
        const changes = withoutIgnored(result.changes, ignoreChanges) as DiffResult["changes"];
        return diffResponse({ ...result, changes });
    }

    private async create(request: proto.CreateRequest, peer: string): Promise<proto.CreateResponse> {
        const result = await this.provider(peer).create({
            ...resourceOf(request),
            inputs: fromStruct(request.getProperties()),
            timeout: request.getTimeout(),
            preview: request.getPreview(),
        });
        return new proto.CreateResponse()
            .setId(request.getPreview() ? "" : result.id)
            .setProperties(toStruct(result.outputs));
    }

    private async read(request: proto.ReadRequest, peer: string): Promise<proto.ReadResponse> {
        const result = await this.provider(peer).read({
            ...resourceOf(request),
            id: request.getId(),
            state: fromStruct(request.getProperties()),
            inputs: fromStruct(request.getInputs()),
        });
        const response = new proto.ReadResponse();
        if (!result) return response;
        return response.setId(result.id).setProperties(toStruct(result.outputs)).setInputs(toStruct(result.inputs));
    }

    private async update(request: proto.UpdateRequest, peer: string): Promise<proto.UpdateResponse> {
        const outputs = await this.provider(peer).update({
            ...resourceOf(request),
            id: request.getId(),
            state: fromStruct(request.getOlds()),
            oldInputs: fromStruct(request.getOldInputs()),
            inputs: fromStruct(request.getNews()),
            timeout: request.getTimeout(),
            preview: request.getPreview(),
            ignoreChanges: request.getIgnorechangesList(),
        });
        return new proto.UpdateResponse().setProperties(toStruct(outputs));
    }

    private async delete(request: proto.DeleteRequest, peer: string): Promise<Empty> {
        await this.provider(peer).delete({
            ...resourceOf(request),
            id: request.getId(),
            state: fromStruct(request.getProperties()),
            timeout: request.getTimeout(),
        });
        return new Empty();
    }
}

/** Serves one provider on a free loopback port. */
export async function serve(module: ProviderModule): Promise<{ port: number; stop(): void }> {
    const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
    const server = new grpc.Server(unlimited);
    server.addService(ResourceProviderService, new ProviderServer(module).service());
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
            error ? reject(error) : resolve(bound),
        );
    });
    return { port, stop: () => server.forceShutdown() };
}
