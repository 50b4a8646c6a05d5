// The engine as a provider sees it: where log lines and status messages of a resource go.
import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

export interface Host {
    info(urn: string, message: string): void;
    warn(urn: string, message: string): void;
    /** A message in the resource's line of the progress display, gone when the operation ends. */
    status(urn: string, message: string): void;
}

export const silentHost: Host = { info: () => {}, warn: () => {}, status: () => {} };

export function connectHost(address: string): Host {
    const client = new EngineClient(address, grpc.credentials.createInsecure());
    const log = (severity: LogSeverity, urn: string, message: string, ephemeral: boolean): void => {
        const request = new LogRequest();
        request.setSeverity(severity);
        request.setUrn(urn);
        request.setMessage(message);
        request.setEphemeral(ephemeral);
        // A log line that does not arrive must not fail the operation that it tells of.
        client.log(request, () => {});
    };
    return {
        info: (urn, message) => log(LogSeverity.INFO, urn, message, false),
        warn: (urn, message) => log(LogSeverity.WARNING, urn, message, false),
        status: (urn, message) => log(LogSeverity.INFO, urn, message, true),
    };
}
