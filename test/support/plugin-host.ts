// The package as Pulumi runs it for a program of another language, and the engine's side of the talk.
import { spawn, type ChildProcess } from "node:child_process";
import { on } from "node:events";
import { join } from "node:path";
import { credentials, Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
    type RegisterResourceRequest,
    RegisterResourceResponse,
    SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
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

/** Has the plugin make a component of these inputs, and returns what it gives the engine as the component's own record. */
export async function recordOf(port: string, type: string, inputs: Record<string, unknown>): Promise<unknown> {
    const monitor = new Server();
    const record = new Promise<unknown>((resolve) => {
        monitor.addService(ResourceMonitorService, {
            supportsFeature: (_: unknown, answer: sendUnaryData<SupportsFeatureResponse>) =>
                answer(null, new SupportsFeatureResponse().setHassupport(true)),
            registerResource: ({ request }: ServerUnaryCall<RegisterResourceRequest, RegisterResourceResponse>) => {
                // No answer: with the first record the talk is over.
                if (request.getType() === type) resolve(request.getObject()!.toJavaScript());
            },
        });
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
            .setMonitorendpoint(`127.0.0.1:${monitorPort}`)
            .setType(type)
            .setName("justdb")
            .setInputs(Struct.fromJavaScript(inputs as Parameters<typeof Struct.fromJavaScript>[0]));
        const failed = new Promise<never>((_, reject) => client.construct(request, (error) => error && reject(error)));
        return await Promise.race([record, failed]);
    } finally {
        client.close();
        monitor.forceShutdown();
    }
}
