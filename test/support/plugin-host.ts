// The package as Pulumi runs it for a program of another language, and the engine's side of the talk.
import { spawn, type ChildProcess } from "node:child_process";
import { on } from "node:events";
import { join } from "node:path";
import { credentials, Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
    type RegisterResourceHookRequest,
    type RegisterResourceRequest,
    RegisterResourceResponse,
    SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

const root = join(__dirname, "../..");

export const startPlugin = (folder: string): ChildProcess =>
    spawn(process.execPath, [join(root, "node_modules/@pulumi/pulumi/cmd/run-plugin"), root, "127.0.0.1:1"], {
        cwd: folder,
        stdio: ["ignore", "pipe", "inherit"],
    });

/** The line that it prints once it serves: its port. A line may come in pieces. */
export async function printedBy(host: ChildProcess): Promise<string> {
    let printed = "";
    for await (const [piece] of on(host.stdout!, "data", { close: ["end"] }) as AsyncIterable<[Buffer]>) {
        printed += piece.toString();
        if (printed.includes("\n")) break;
    }
    return printed;
}

/** What the plugin registers. */
export interface Registered {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
    /** Names of what the engine shall call once it is made. */
    afterCreate: string[];
}

/** Has the plugin plan a component of these inputs. Returns all that it registers, once it has come to its end. */
export async function construct(port: string, type: string, inputs: Record<string, unknown>): Promise<Registered[]> {
    const registered: Registered[] = [];
    const hooks: string[] = [];
    const monitor = new Server();
    monitor.addService(ResourceMonitorService, {
        supportsFeature: (_: unknown, answer: sendUnaryData<SupportsFeatureResponse>) =>
            answer(null, new SupportsFeatureResponse().setHassupport(true)),
        registerResource: (
            { request }: ServerUnaryCall<RegisterResourceRequest, RegisterResourceResponse>,
            answer: sendUnaryData<RegisterResourceResponse>,
        ) => {
            const [type, name, object] = [request.getType(), request.getName(), request.getObject()];
            const afterCreate = request.getHooks()?.getAfterCreateList() ?? [];
            for (const hook of afterCreate) if (!hooks.includes(hook)) return answer(new Error(`no hook "${hook}"`));
            registered.push({ type, name, inputs: object?.toJavaScript() ?? {}, afterCreate });
            const urn = `urn:pulumi:test::other::${type}::${name}`;
            answer(null, new RegisterResourceResponse().setUrn(urn).setObject(object));
        },
        registerResourceHook: (
            { request }: ServerUnaryCall<RegisterResourceHookRequest, Empty>,
            answer: sendUnaryData<Empty>,
        ) => {
            hooks.push(request.getName());
            answer(null, new Empty());
        },
        registerResourceOutputs: (_: unknown, answer: sendUnaryData<Empty>) => answer(null, new Empty()),
    });
    const monitorPort = await new Promise<number>((resolve, reject) =>
        monitor.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
            error ? reject(error) : resolve(bound),
        ),
    );
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    try {
        const request = new ConstructRequest()
            .setProject("other")
            .setStack("test")
            .setParallel(1)
            .setDryrun(true)
            .setMonitorendpoint(`127.0.0.1:${monitorPort}`)
            .setType(type)
            .setName("justdb")
            .setInputs(Struct.fromJavaScript(inputs as Parameters<typeof Struct.fromJavaScript>[0]));
        await new Promise<void>((resolve, reject) =>
            client.construct(request, (error) => (error ? reject(error) : resolve())),
        );
        return registered;
    } finally {
        client.close();
        monitor.forceShutdown();
    }
}
