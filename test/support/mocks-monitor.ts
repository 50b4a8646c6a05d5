import * as pulumi from "@pulumi/pulumi";
import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";

/** A resource as it was registered, with what only the engine is told. */
export interface Registered {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
    protect: boolean;
    retainOnDelete: boolean;
    ignoreChanges: string[];
    parent: string;
    provider: string;
    dependencies: string[];
    /** How long an update may take, such as "600s"; empty for the provider's own time. */
    createTimeout: string;
    updateTimeout: string;
    /** Paths of inputs that were sent as secrets. */
    secrets: string[];
}

/** Whether a resource waits for another. */
export const waitsFor = ({ dependencies }: Registered, name: string): boolean =>
    dependencies.some((urn) => urn.endsWith(`::${name}`));

/** The inputs of a resource, as they are sent. */
interface Struct {
    toJavaScript(): Record<string, unknown>;
}

/** The part of the engine's protocol that is read here. The SDK keeps its types to itself. */
interface Request {
    getType(): string;
    getName(): string;
    getObject(): Struct;
    getProtect(): boolean;
    getRetainondelete(): boolean;
    getIgnorechangesList(): string[];
    getParent(): string;
    getProvider(): string;
    getDependenciesList(): string[];
    getCustomtimeouts(): { getCreate(): string; getUpdate(): string } | undefined;
}

interface Monitor {
    resources: Map<string, { urn: string; id: string; state: object }>;
    newUrn(parent: string, type: string, name: string): string;
    registerResource(request: Request, callback: unknown): unknown;
}

/**
 * Reads what the mocked monitor is sent from now on: options and secrets are in the requests only. It answers itself for a resource of whose
 * type the provider adds nothing but an id: the monitor would take the inputs out of the protocol and put them in again, most of a plan's time.
 */
export function listen(addsState: (type: string) => boolean): Registered[] {
    const registered: Registered[] = [];
    const monitor = (pulumi.runtime as unknown as { getMonitor(): Monitor }).getMonitor();
    const forward = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, callback) => {
        registered.push(read(request, readOnce(request.getObject())));
        return addsState(request.getType()) ? forward(request, callback) : echo(monitor, request, callback as Callback);
    };
    return registered;
}

type Callback = (error: undefined, response: RegisterResourceResponse) => void;

export const idOf = (name: string): string => `${name}-id`;

function echo(monitor: Monitor, request: Request, callback: Callback): void {
    const id = idOf(request.getName());
    const urn = monitor.newUrn(request.getParent(), request.getType(), request.getName());
    monitor.resources.set(urn, { urn, id, state: {} });
    const response = new RegisterResourceResponse();
    response.setUrn(urn);
    response.setId(id);
    response.setObject(request.getObject() as Parameters<RegisterResourceResponse["setObject"]>[0]);
    callback(undefined, response);
}

/** Sender, mock and tests read the same inputs, and nobody writes into them. */
function readOnce(inputs: Struct): Record<string, unknown> {
    const read = inputs.toJavaScript();
    inputs.toJavaScript = () => read;
    return read;
}

/** Of the request nothing is kept: a plan is, and a request takes many times the memory of what it says. */
function read(request: Request, sent: Record<string, unknown>): Registered {
    const secrets: string[] = [];
    let inputs: Record<string, unknown> | undefined;
    const readInputs = () => (inputs ??= plain(sent, "", secrets) as Record<string, unknown>);
    return {
        type: request.getType(),
        name: request.getName(),
        // Of most resources a test looks at nothing but the name.
        get inputs() {
            return readInputs();
        },
        protect: request.getProtect(),
        retainOnDelete: request.getRetainondelete(),
        ignoreChanges: request.getIgnorechangesList(),
        parent: request.getParent(),
        provider: request.getProvider(),
        dependencies: request.getDependenciesList(),
        createTimeout: request.getCustomtimeouts()?.getCreate() ?? "",
        updateTimeout: request.getCustomtimeouts()?.getUpdate() ?? "",
        get secrets() {
            readInputs();
            return secrets;
        },
    };
}

/** The key that marks a wrapped value in the protocol. */
const wrapped = "4dabf18193072939515e22adb298388d";

/** Unwraps secrets, and notes where they stood. */
function plain(value: unknown, path: string, secrets: string[]): unknown {
    if (Array.isArray(value)) {
        return value.map((item, index) => plain(item, `${path}.${index}`, secrets));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (wrapped in value && "value" in value) {
        secrets.push(path);
        return plain(value.value, path, secrets);
    }
    const below = (key: string) => (path === "" ? key : `${path}.${key}`);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, below(key), secrets)]));
}
