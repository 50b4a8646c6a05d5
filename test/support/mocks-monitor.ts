import * as pulumi from "@pulumi/pulumi";

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

/** The part of the engine's protocol that is read here. The SDK keeps its types to itself. */
interface Request {
    getType(): string;
    getName(): string;
    getObject(): { toJavaScript(): Record<string, unknown> };
    getProtect(): boolean;
    getRetainondelete(): boolean;
    getIgnorechangesList(): string[];
    getParent(): string;
    getProvider(): string;
    getDependenciesList(): string[];
    getCustomtimeouts(): { getCreate(): string; getUpdate(): string } | undefined;
}

interface Monitor {
    registerResource(request: Request, callback: unknown): unknown;
}

/** Reads what the mocked monitor is sent from now on: options and secrets are in the requests only. */
export function listen(): Registered[] {
    const registered: Registered[] = [];
    const monitor = (pulumi.runtime as unknown as { getMonitor(): Monitor }).getMonitor();
    const forward = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, callback) => {
        registered.push(read(request));
        return forward(request, callback);
    };
    return registered;
}

function read(request: Request): Registered {
    const secrets: string[] = [];
    return {
        type: request.getType(),
        name: request.getName(),
        inputs: plain(request.getObject().toJavaScript(), "", secrets) as Record<string, unknown>,
        protect: request.getProtect(),
        retainOnDelete: request.getRetainondelete(),
        ignoreChanges: request.getIgnorechangesList(),
        parent: request.getParent(),
        provider: request.getProvider(),
        dependencies: request.getDependenciesList(),
        createTimeout: request.getCustomtimeouts()?.getCreate() ?? "",
        updateTimeout: request.getCustomtimeouts()?.getUpdate() ?? "",
        secrets,
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
