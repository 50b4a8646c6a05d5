// Errors as gRPC carries them to the engine.
import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { NotReadyError } from "./provider";
import { toStruct } from "./values";

/** The engine finds the state of a resource that exists but is not ready in the status' details. */
function initFailed(error: NotReadyError): grpc.Metadata {
    const detail = new ErrorResourceInitFailed();
    detail.setId(error.id);
    detail.setProperties(toStruct(error.state));
    detail.setInputs(toStruct(error.inputs));
    detail.setReasonsList([error.message]);
    const any = new Any();
    any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(error.message);
    status.addDetails(any);
    const metadata = new grpc.Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    return metadata;
}

export function toServiceError(error: unknown): Partial<grpc.ServiceError> {
    if (error instanceof NotReadyError) {
        return { code: grpc.status.UNKNOWN, details: error.message, metadata: initFailed(error) };
    }
    const { code, message } =
        error instanceof Error ? (error as Error & { code?: unknown }) : { code: 0, message: String(error) };
    const known = typeof code === "number" && code in grpc.status ? code : grpc.status.UNKNOWN;
    return { code: known, details: message };
}
