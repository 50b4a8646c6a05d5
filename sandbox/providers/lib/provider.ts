// What a provider of the sandbox implements; server.ts speaks gRPC for it.
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import type { Change } from "./diff";
import type { Host } from "./host";
import type { Values } from "./values";

export interface ResourceRequest {
    urn: string;
    name: string;
    type: string;
}

export interface CheckRequest extends ResourceRequest {
    /** Undefined when the resource is to be created. */
    olds: Values | undefined;
    news: Values;
    randomSeed: Uint8Array;
}

export interface CheckFailure {
    property: string;
    reason: string;
}

export interface CheckResult {
    inputs: Values;
    failures?: CheckFailure[];
}

export interface DiffRequest extends ResourceRequest {
    id: string;
    state: Values;
    oldInputs: Values;
    news: Values;
    ignoreChanges: string[];
}

export interface DiffResult {
    changes: (Change & { replace: boolean })[];
    deleteBeforeReplace: boolean;
}

export interface CreateRequest extends ResourceRequest {
    inputs: Values;
    /** In seconds; 0 when the program sets none. */
    timeout: number;
    preview: boolean;
}

export interface CreateResult {
    id: string;
    outputs: Values;
}

export interface UpdateRequest extends CreateRequest {
    id: string;
    state: Values;
    oldInputs: Values;
    ignoreChanges: string[];
}

export interface ReadRequest extends ResourceRequest {
    id: string;
    state: Values;
    inputs: Values;
}

export interface ReadResult {
    id: string;
    outputs: Values;
    inputs: Values;
}

export interface DeleteRequest extends ResourceRequest {
    id: string;
    state: Values;
    timeout: number;
}

export interface ConstructResult {
    urn: string;
    state: Values;
}

/** What is known at once need not be promised. */
export type Answer<T> = T | Promise<T>;

/** One configured instance: each provider resource of a program (and each engine run) has its own. */
export interface Provider {
    check(request: CheckRequest): Answer<CheckResult>;
    diff(request: DiffRequest): Answer<DiffResult>;
    create(request: CreateRequest): Answer<CreateResult>;
    /** Undefined when the resource is gone. */
    read(request: ReadRequest): Answer<ReadResult | undefined>;
    update(request: UpdateRequest): Answer<Values>;
    delete(request: DeleteRequest): Answer<void>;
    invoke?(token: string, args: Values): Answer<Values>;
    construct?(request: ConstructRequest, inputs: Values): Answer<ConstructResult>;
    /** Ends waiting: the user pressed Ctrl-C. */
    cancel?(): void;
}

export interface ProviderModule {
    name: string;
    version: string;
    configure(inputs: Values, host: Host): Provider;
    /** Inputs of a provider resource whose change means another cluster or account: all resources are replaced. */
    replaceOn: string[];
}

/** The resource exists, but is not ready: the engine keeps its state and the next update goes on from there. */
export class NotReadyError extends Error {
    constructor(
        readonly id: string,
        message: string,
        readonly state: Values,
        readonly inputs: Values,
    ) {
        super(message);
    }
}
