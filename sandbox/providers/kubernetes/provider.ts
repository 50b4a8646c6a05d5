// The kubernetes package: every kind, by server-side apply, with the official provider's rules.
import { randomBytes } from "node:crypto";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { version } from "@pulumi/kubernetes/package.json";
import { diff } from "../lib/diff";
import type { Host } from "../lib/host";
import { AutoNames } from "../lib/names";
import * as protocol from "../lib/provider";
import { prune } from "../lib/prune";
import { at, compact, hasUnknown, markSecrets, plainObject, secret, text, type Values } from "../lib/values";
import { ApiError } from "./api";
import { condition } from "./await/progress";
import { type Waiting, NotReady, skipsAwait, timeoutOf, untilGone, untilReady } from "./await/wait";
import { Chart } from "./chart";
import { Cluster } from "./cluster";
import { keepIgnored } from "./ignored";
import { type Mutability, replaces } from "./immutable";
import { creator, fieldManager, isForced, managerKey, withAdopted } from "./managers";
import * as objects from "./objects";

function flag(inputs: Values, name: string, variable: string): boolean {
    return text(inputs[name] ?? process.env[variable]) === "true";
}

const isDefinition = (object: Values) => objects.isKind(object, "apiextensions.k8s.io", "CustomResourceDefinition");

/** Content of a Secret is secret whatever the program says. */
function protect(object: Values, origin: Values): Values {
    const marked = markSecrets(object, origin) as Values;
    if (!objects.isKind(object, "", "Secret")) return marked;
    const hidden = Object.entries(marked).filter(([key]) => key === "data" || key === "stringData");
    return { ...marked, ...Object.fromEntries(hidden.map(([key, value]) => [key, secret(value)])) };
}

/** Refusals of a dry run that do not end the preview: not allowed; for a creation also that the namespace is not there yet, or the name is taken. */
function cannotTell({ status, reason, about, message }: ApiError, isCreation: boolean): boolean {
    if (status === 403 || !isCreation) return status === 403;
    if (status === 400) return message.includes("does not support dry run");
    return reason === "AlreadyExists" || (status === 404 && about === "namespaces");
}

const isOfImmutable = (error: unknown) =>
    error instanceof ApiError && error.reason === "Invalid" && error.message.includes("field is immutable");

class KubernetesProvider implements protocol.Provider {
    private readonly cluster: Cluster;
    private readonly names = new AutoNames();
    private readonly cancelled = new AbortController();
    private readonly mutable: Mutability;
    private readonly upsert: boolean;
    private readonly force: boolean;

    constructor(
        inputs: Values,
        private readonly host: Host,
    ) {
        this.cluster = new Cluster(inputs, process.env);
        if (this.cluster.problem) host.warn("", `no Kubernetes cluster: ${this.cluster.problem}`);
        this.mutable = {
            configMaps: flag(inputs, "enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE"),
            secrets: flag(inputs, "enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE"),
        };
        this.upsert = flag(inputs, "upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS");
        this.force = flag(inputs, "enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE");
    }

    private object(request: protocol.ResourceRequest, inputs: Values): Values {
        const kind = objects.kindOfType(request.type);
        const plain = compact(plainObject(inputs), true);
        return objects.normalize({ ...plain, apiVersion: objects.apiVersion(kind), kind: kind.kind });
    }

    async check(request: protocol.CheckRequest): Promise<protocol.CheckResult> {
        let object = this.object(request, request.news);
        const olds = plainObject(request.olds);
        if (request.olds) this.names.noteState(request.urn);
        if (isDefinition(object)) this.cluster.discovery.noteDefinition(object);
        if (!objects.nameOf(object)) {
            const kept = objects.annotation(olds, "autonamed") === "true" ? objects.nameOf(olds) : "";
            const annotations = { ...at<Values>(object, "metadata", "annotations"), "pulumi.com/autonamed": "true" };
            object = objects.withMetadata(object, { name: kept || this.names.make(request, 8), annotations });
        }
        const namespaced = await this.cluster.discovery.isNamespaced(objects.kindOfObject(object));
        if (namespaced && !objects.namespaceOf(object)) {
            object = objects.withMetadata(object, { namespace: this.cluster.defaultNamespace });
        }
        return { inputs: protect(object, request.news) };
    }

    async diff(request: protocol.DiffRequest): Promise<protocol.DiffResult> {
        this.names.noteState(request.urn);
        const before = this.object(request, request.oldInputs);
        const after = this.object(request, request.news);
        const changes = diff(before, after).map((change) => ({
            ...change,
            replace: replaces(change.path, after, this.mutable),
        }));
        if (await this.isUnready(after)) {
            const path = ["metadata", "annotations", "pulumi.com/replaceUnready"];
            changes.push({ path, kind: "update", replace: true });
        }
        // A name that the program gave is in use until the old object is gone.
        const sameName = objects.idOf(after) === request.id;
        const autonamed = objects.annotation(after, "autonamed") === "true";
        return { changes, deleteBeforeReplace: sameName && !autonamed };
    }

    /** A Job that asks to be made again while it is not complete. A cluster that does not answer has no say. */
    private async isUnready(object: Values): Promise<boolean> {
        if (!objects.isKind(object, "batch", "Job") || objects.annotation(object, "replaceUnready") !== "true") {
            return false;
        }
        const live = await this.current(object, true);
        return live !== undefined && condition(live, "Complete")?.status !== "True";
    }

    private state(live: Values, inputs: Values, manager: string): Values {
        const metadata = { managedFields: undefined };
        const state = compact(objects.withMetadata(live, metadata), true);
        return { ...protect(state, inputs), [managerKey]: manager };
    }

    private async waiting(urn: string, object: Values, timeout: number): Promise<Waiting> {
        return {
            api: this.cluster.connected(),
            path: await this.cluster.servedPath(object),
            timeoutSeconds: timeoutOf(timeout, object),
            signal: this.cancelled.signal,
            status: (message) => this.host.status(urn, message),
        };
    }

    private async writeAndWait(
        request: protocol.CreateRequest,
        object: Values,
        manager: string,
        before?: Values,
    ): Promise<Values> {
        const live = await this.write(request, object, manager, before);
        const { urn, inputs } = request;
        try {
            const waiting = await this.waiting(urn, live, request.timeout);
            return this.state(await untilReady(live, waiting), inputs, manager);
        } catch (error) {
            if (!(error instanceof NotReady)) throw error;
            const { kind } = objects.kindOfObject(object);
            const id = objects.idOf(live);
            const message = `${kind} ${id} was applied but is not ready: ${error.message}`;
            throw new protocol.NotReadyError(id, message, this.state(error.object, inputs, manager), inputs);
        } finally {
            if (isDefinition(object)) this.cluster.discovery.forget();
        }
    }

    /** Makes the object, or changes it from what it was before; in a preview the API server only says what would come of it. */
    private write(
        request: protocol.CreateRequest,
        object: Values,
        manager: string,
        before: Values | undefined,
    ): Promise<Values> {
        const onWarning = (message: string): void => this.host.warn(request.urn, message);
        const options = { fieldManager: manager, dryRun: request.preview, onWarning };
        if (!before && !this.upsert) return this.cluster.create(object, { ...options, fieldManager: creator });
        if (before && isDefinition(object)) {
            const resourceVersion = at(before, "metadata", "resourceVersion");
            return this.cluster.replace(objects.withMetadata(object, { resourceVersion }), options);
        }
        const force = this.force || isForced(object, before, request.preview);
        return this.cluster.apply(object, { ...options, force });
    }

    /** What the API server would make of it; the inputs themselves where it cannot tell yet. */
    private async preview(
        request: protocol.CreateRequest,
        object: Values,
        manager: string,
        before?: Values,
    ): Promise<Values> {
        if (hasUnknown(object) || !(await this.cluster.serves(object))) return request.inputs;
        try {
            const planned = await this.dryRun(request, object, manager, before);
            return this.state({ ...planned, status: undefined }, request.inputs, manager);
        } catch (error) {
            if (error instanceof ApiError && cannotTell(error, !before)) return request.inputs;
            throw error;
        }
    }

    /** There is no dry run of a replacement: what is to be deleted first is in the way. So it is tried again under a name of nobody. */
    private async dryRun(
        request: protocol.CreateRequest,
        object: Values,
        manager: string,
        before: Values | undefined,
    ): Promise<Values> {
        try {
            return await this.write(request, object, manager, before);
        } catch (error) {
            if (before || !this.upsert || !isOfImmutable(error)) throw error;
            const name = `${objects.nameOf(object).slice(0, 58)}${randomBytes(3).toString("hex").slice(0, 5)}`;
            this.host.info(
                request.urn,
                `Preview creation failed due to immutable fields; retrying with name "${name}"`,
            );
            return this.write(request, objects.withMetadata(object, { name }), manager, before);
        }
    }

    async create(request: protocol.CreateRequest): Promise<protocol.CreateResult> {
        const object = this.object(request, request.inputs);
        const manager = fieldManager(object);
        if (request.preview) return { id: "", outputs: await this.preview(request, object, manager) };
        const outputs = await this.writeAndWait(request, object, manager);
        return { id: objects.idOf(plainObject(outputs)), outputs };
    }

    /** A preview must not fail for want of a cluster. */
    private async current(object: Values, preview: boolean): Promise<Values | undefined> {
        try {
            return await this.cluster.get(object);
        } catch (error) {
            if (preview) return undefined;
            throw error;
        }
    }

    async update(request: protocol.UpdateRequest): Promise<Values> {
        const inputs = this.object(request, request.inputs);
        const state = plainObject(request.state);
        const manager = fieldManager(inputs, state);
        const live = await this.current(inputs, request.preview);
        if (request.preview) {
            if (!live) return request.inputs;
            const object = keepIgnored(inputs, live, request.ignoreChanges, manager);
            return this.preview(request, object, manager, live);
        }
        if (!live) throw new ApiError(404, "NotFound", `${request.type} ${objects.idOf(inputs)} not found`);
        const own = await this.adopt(live, manager);
        const object = keepIgnored(inputs, own, request.ignoreChanges, manager);
        const outputs = await this.writeAndWait(request, object, manager, own);
        const earlier = fieldManager(this.object(request, request.oldInputs), state);
        if (earlier !== manager) await this.giveUp(object, earlier);
        return outputs;
    }

    private async adopt(live: Values, manager: string): Promise<Values> {
        const owners = isDefinition(live) ? undefined : withAdopted(live, manager);
        return owners ? this.cluster.setOwners(live, owners) : live;
    }

    /** The manager owns nothing of the object any more. What nobody else owns is gone with that. */
    private async giveUp(object: Values, manager: string): Promise<void> {
        const { apiVersion, kind } = object;
        const metadata = { name: objects.nameOf(object), namespace: objects.namespaceOf(object) || undefined };
        const options = { fieldManager: manager, dryRun: false, force: false };
        await this.cluster.apply({ apiVersion, kind, metadata }, options);
    }

    async read(request: protocol.ReadRequest): Promise<protocol.ReadResult | undefined> {
        const { namespace, name } = objects.parseId(request.id);
        const identity = { name, ...(namespace ? { namespace } : {}) };
        const given = this.object(request, request.inputs);
        const live = await this.cluster.get(objects.withMetadata(given, identity));
        if (!live) return undefined;
        const imported = Object.keys(request.inputs).length === 0;
        const inputs = imported
            ? this.importable(live)
            : (compact(prune(live, given, objects.sameValue), true) as Values);
        const manager = fieldManager(given, plainObject(request.state));
        return {
            id: request.id,
            outputs: this.state(live, request.inputs, manager),
            inputs: protect(inputs, request.inputs),
        };
    }

    /** What a program would have to say to get the object as it is. */
    private importable(live: Values): Values {
        const added = ["creationTimestamp", "generation", "managedFields", "resourceVersion", "uid"];
        const metadata = Object.fromEntries(added.map((key) => [key, undefined]));
        return compact({ ...objects.withMetadata(live, metadata), status: undefined });
    }

    async delete(request: protocol.DeleteRequest): Promise<void> {
        const { namespace, name } = objects.parseId(request.id);
        const object = objects.withMetadata(this.object(request, request.state), {
            name,
            ...(namespace ? { namespace } : {}),
        });
        const path = await this.cluster.path(object);
        const live = path ? await this.cluster.connected().find(path) : undefined;
        if (!path || !live || !(await this.cluster.delete(live, path)) || skipsAwait(live)) return;
        await untilGone(live, await this.waiting(request.urn, live, request.timeout));
    }

    async construct(request: ConstructRequest, inputs: Values): Promise<protocol.ConstructResult> {
        if (request.getType() !== "kubernetes:helm.sh/v4:Chart") {
            throw new Error(`the sandbox's provider has no component ${request.getType()}`);
        }
        return new Chart(this.cluster, this.host).construct(request, inputs);
    }

    cancel(): void {
        this.cancelled.abort();
    }
}

export const kubernetes: protocol.ProviderModule = {
    name: "kubernetes",
    version,
    // Another cluster; the same one under another name or user keeps its objects.
    replaceOn: ["cluster", "clusterIdentifier"],
    configure: (inputs, host) => new KubernetesProvider(inputs, host),
};
