// What the provider does with objects in a cluster: get, create, apply, replace, delete.
import { setTimeout as sleep } from "node:timers/promises";
import { at, type Values } from "../lib/values";
import { Api, ApiError, type Call } from "./api";
import { Discovery } from "./discovery";
import { type Connection, findCluster } from "./kubeconfig";
import { annotation, apiVersion, idOf, kindOfObject, nameOf, namespaceOf, withMetadata } from "./objects";

export interface WriteOptions {
    fieldManager: string;
    dryRun: boolean;
    onWarning?: (message: string) => void;
}

const tries = 6;

function tryToFind(inputs: Values, env: NodeJS.ProcessEnv): { connection?: Connection; problem?: string } {
    try {
        const connection = findCluster(inputs, env);
        return connection ? { connection } : { problem: "set KUBECONFIG or the provider's kubeconfig" };
    } catch (error) {
        return { problem: error instanceof Error ? error.message : String(error) };
    }
}

export class Cluster {
    readonly api: Api | undefined;
    readonly discovery: Discovery;
    readonly defaultNamespace: string;

    /** Why there is no cluster; a preview goes on without one. */
    readonly problem: string | undefined;

    constructor(inputs: Values, env: NodeJS.ProcessEnv) {
        const { connection, problem } = tryToFind(inputs, env);
        this.problem = problem;
        this.api = connection && new Api(connection);
        this.discovery = new Discovery(this.api);
        const given = typeof inputs.namespace === "string" ? inputs.namespace : undefined;
        this.defaultNamespace = given ?? connection?.namespace ?? "default";
    }

    connected(): Api {
        if (!this.api) throw new Error(`no Kubernetes cluster: ${this.problem}`);
        return this.api;
    }

    /** Undefined when the cluster does not serve the kind. */
    path(object: Values): Promise<string | undefined> {
        const namespace = namespaceOf(object) || this.defaultNamespace;
        return this.discovery.path(kindOfObject(object), namespace, nameOf(object));
    }

    async servedPath(object: Values): Promise<string> {
        const kind = kindOfObject(object);
        for (let left = this.discovery.isDefined(kind) ? tries : 1; left > 0; left--) {
            const path = await this.path(object);
            if (path) return path;
            // A definition that was accepted a moment ago is served a moment later.
            if (left > 1) await sleep(1000);
        }
        throw new ApiError(
            404,
            "NoKindMatch",
            `the API server serves no ${kind.kind} in ${apiVersion(kind)}: is its CustomResourceDefinition installed?`,
        );
    }

    /** Whether there is a cluster that answers, and it serves the kind. */
    async serves(object: Values): Promise<boolean> {
        try {
            return (await this.path(object)) !== undefined;
        } catch (error) {
            if (error instanceof ApiError) return false;
            throw error;
        }
    }

    async get(object: Values): Promise<Values | undefined> {
        const path = await this.path(object);
        return path ? this.connected().find(path) : undefined;
    }

    /** Fails when there is such an object already. */
    async create(object: Values, options: WriteOptions): Promise<Values> {
        const path = await this.servedPath(object);
        return this.write(object, options, { method: "POST", path: path.slice(0, path.lastIndexOf("/")) });
    }

    /** Server-side apply. */
    async apply(object: Values, { force, ...options }: WriteOptions & { force: boolean }): Promise<Values> {
        return this.write(object, options, {
            method: "PATCH",
            path: await this.servedPath(object),
            query: { force: String(force) },
            contentType: "application/apply-patch+yaml",
        });
    }

    async replace(object: Values, options: WriteOptions): Promise<Values> {
        return this.write(object, options, { method: "PUT", path: await this.servedPath(object) });
    }

    /** Says anew who owns which fields of an object. */
    async setOwners(object: Values, managedFields: Values[]): Promise<Values> {
        const body = [{ op: "replace", path: "/metadata/managedFields", value: managedFields }];
        const contentType = "application/json-patch+json";
        return this.connected().request(await this.servedPath(object), { method: "PATCH", body, contentType });
    }

    private async write(
        object: Values,
        { fieldManager, dryRun, onWarning }: WriteOptions,
        { path, ...call }: Call & { path: string },
    ): Promise<Values> {
        const namespaced = await this.discovery.isNamespaced(kindOfObject(object));
        const body = namespaced ? object : withMetadata(object, { namespace: undefined });
        const query = { ...call.query, fieldManager, dryRun: dryRun ? "All" : undefined };
        try {
            return await this.connected().request(path, { ...call, query, body, onWarning });
        } catch (error) {
            throw this.describe(object, fieldManager, error);
        }
    }

    private describe(object: Values, fieldManager: string, error: unknown): unknown {
        if (!(error instanceof ApiError)) return error;
        const { kind } = kindOfObject(object);
        const hint =
            error.reason === "Conflict"
                ? `\nOthers than ${fieldManager} own these fields. To take them over, set the annotation pulumi.com/patchForce to "true".`
                : "";
        const message = `${kind} ${idOf(object)}: ${error.message}${hint}`;
        return new ApiError(error.status, error.reason, message, error.about);
    }

    /** False when it was gone already. */
    async delete(object: Values, path: string): Promise<boolean> {
        const policy = annotation(object, "deletionPropagationPolicy")?.toLowerCase() ?? "foreground";
        const propagationPolicy = policy.charAt(0).toUpperCase() + policy.slice(1);
        const uid = at(object, "metadata", "uid");
        const body = { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy, preconditions: { uid } };
        return (await this.connected().find(path, { method: "DELETE", body })) !== undefined;
    }
}
