// Which kinds the cluster serves, under which path, and whether they live in namespaces.
import { at, type Values } from "../lib/values";
import { Api, ApiError } from "./api";
import { type Kind, apiVersion } from "./objects";

export interface Resource {
    plural: string;
    namespaced: boolean;
}

const accept = ["v2", "v2beta1"]
    .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
    .join(",");

/** For when there is no cluster to ask. */
const clusterScoped = new Set(
    [
        ["", "Namespace Node PersistentVolume"],
        ["rbac.authorization.k8s.io", "ClusterRole ClusterRoleBinding"],
        ["storage.k8s.io", "StorageClass CSIDriver CSINode VolumeAttachment"],
        ["apiextensions.k8s.io", "CustomResourceDefinition"],
        [
            "admissionregistration.k8s.io",
            "ValidatingWebhookConfiguration MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
        ],
        ["apiregistration.k8s.io", "APIService"],
        ["scheduling.k8s.io", "PriorityClass"],
        ["networking.k8s.io", "IngressClass"],
        ["node.k8s.io", "RuntimeClass"],
    ].flatMap(([group, kinds = ""]) => kinds.split(" ").map((kind) => `${group}/${kind}`)),
);

function key(kind: Kind): string {
    return `${apiVersion(kind)}/${kind.kind}`;
}

export class Discovery {
    private resources: Promise<Map<string, Resource>> | undefined;
    /** Scope of custom kinds whose definition is part of the program, by `group/kind`. */
    private readonly defined = new Map<string, boolean>();

    constructor(private readonly api: Api | undefined) {}

    /** All that the cluster serves, by `group/version/Kind`. */
    all(): Promise<Map<string, Resource>> {
        this.resources ??= this.load().catch((error: unknown) => {
            this.resources = undefined;
            throw error;
        });
        return this.resources;
    }

    forget(): void {
        this.resources = undefined;
    }

    private async load(): Promise<Map<string, Resource>> {
        if (!this.api) throw new ApiError(0, "Unreachable", "no kubeconfig was found");
        const found = new Map<string, Resource>();
        for (const path of ["/api", "/apis"]) {
            const list = await this.api.request(path, { accept });
            for (const group of at<Values[]>(list, "items") ?? []) {
                for (const version of at<Values[]>(group, "versions") ?? []) {
                    for (const resource of at<Values[]>(version, "resources") ?? []) {
                        const kind = {
                            group: at<string>(group, "metadata", "name") ?? "",
                            version: String(version.version),
                            kind: at<string>(resource, "responseKind", "kind") ?? "",
                        };
                        const namespaced = resource.scope === "Namespaced";
                        found.set(key(kind), { plural: String(resource.resource), namespaced });
                    }
                }
            }
        }
        return found;
    }

    /** Undefined when the cluster does not serve the kind (yet). */
    async find(kind: Kind): Promise<Resource | undefined> {
        const known = (await this.all()).get(key(kind));
        if (known) return known;
        this.forget();
        return (await this.all()).get(key(kind));
    }

    isDefined(kind: Kind): boolean {
        return this.defined.has(`${kind.group}/${kind.kind}`);
    }

    noteDefinition(definition: Values): void {
        const group = at<string>(definition, "spec", "group");
        const kind = at<string>(definition, "spec", "names", "kind");
        this.defined.set(`${group}/${kind}`, at(definition, "spec", "scope") !== "Cluster");
    }

    /** A custom kind that nobody knows yet most likely lives in a namespace. */
    async isNamespaced(kind: Kind): Promise<boolean> {
        const name = `${kind.group}/${kind.kind}`;
        const defined = this.defined.get(name);
        if (defined !== undefined) return defined;
        if (clusterScoped.has(name)) return false;
        try {
            return (await this.find(kind))?.namespaced ?? true;
        } catch (error) {
            if (error instanceof ApiError) return true;
            throw error;
        }
    }

    async path(kind: Kind, namespace: string, name?: string): Promise<string | undefined> {
        const resource = await this.find(kind);
        if (!resource) return undefined;
        const root = kind.group ? `/apis/${apiVersion(kind)}` : `/api/${kind.version}`;
        const scope = resource.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : "";
        return `${root}${scope}/${resource.plural}${name ? `/${encodeURIComponent(name)}` : ""}`;
    }
}
