// kubernetes.helm.v4.Chart: a component whose children are the objects of a rendered chart.
import * as grpc from "@grpc/grpc-js";
import { version } from "@pulumi/kubernetes/package.json";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import type { Host } from "../lib/host";
import type { ConstructResult } from "../lib/provider";
import { at, compact, hasUnknown, plainObject, resourceReference, secret, toStruct, type Values } from "../lib/values";
import { markRendered } from "./chart-secrets";
import type { Cluster } from "./cluster";
import { type HelmOptions, renderChart } from "./helm";
import * as objects from "./objects";
import { inOrder } from "./order";

const unsupported = ["postRenderer", "includeHooks", "valueYamlFiles", "verify", "keyring", "plainHttp"];

/** `release:namespace/name`, unique even when two charts hold objects of one name. */
export function childName(prefix: string, object: Values): string {
    const id = objects.idOf(object);
    return prefix ? `${prefix}:${id}` : id;
}

function truthy(value: unknown): boolean {
    return value === true || value === "true";
}

export class Chart {
    constructor(
        private readonly cluster: Cluster,
        private readonly host: Host,
    ) {}

    async construct(request: ConstructRequest, inputs: Values): Promise<ConstructResult> {
        const monitor = new ResourceMonitorClient(request.getMonitorendpoint(), grpc.credentials.createInsecure(), {
            "grpc.max_receive_message_length": -1,
            "grpc.max_send_message_length": -1,
        });
        try {
            const { urn } = await register(monitor, componentRequest(request));
            const args = compact(plainObject(inputs), true);
            if (hasUnknown(args)) {
                this.host.warn(urn, "Input properties have unknown values. Preview is incomplete.");
                return { urn, state: {} };
            }
            const rendered = await this.render(request.getName(), args);
            const children = markRendered(rendered, inputs.values);
            return { urn, state: { resources: await this.registerAll(monitor, request, urn, args, children) } };
        } finally {
            monitor.close();
        }
    }

    private async render(name: string, args: Values): Promise<Values[]> {
        const given = unsupported.filter((key) => args[key] !== undefined && args[key] !== false);
        if (given.length) throw new Error(`Chart ${name}: ${given.join(", ")}: not supported in the sandbox`);
        const namespace = typeof args.namespace === "string" ? args.namespace : this.cluster.defaultNamespace;
        const options: HelmOptions = {
            chart: String(args.chart),
            release: typeof args.name === "string" ? args.name : name,
            namespace,
            version: args.version as string | undefined,
            repo: at<string>(args, "repositoryOpts", "repo"),
            devel: truthy(args.devel),
            dependencyUpdate: truthy(args.dependencyUpdate),
            skipCrds: truthy(args.skipCrds),
            values: at<Values>(args, "values") ?? {},
            ...(await this.capabilities()),
        };
        const rendered = await renderChart(options);
        for (const object of rendered) {
            if (objects.isKind(object, "apiextensions.k8s.io", "CustomResourceDefinition")) {
                this.cluster.discovery.noteDefinition(object);
            }
        }
        return Promise.all(rendered.map((object) => this.complete(object, namespace, truthy(args.skipAwait))));
    }

    /** Asked afresh for each chart, in previews too. Without a cluster no chart is rendered, as what it asks for cannot be known. */
    private async capabilities(): Promise<Pick<HelmOptions, "kubeVersion" | "apiVersions" | "connection">> {
        const { discovery } = this.cluster;
        try {
            const api = this.cluster.connected();
            discovery.forget();
            const kinds = [...(await discovery.all()).keys()];
            const versions = new Set(kinds.map((kind) => kind.slice(0, kind.lastIndexOf("/"))));
            const kubeVersion = at<string>(await api.request("/version"), "gitVersion");
            return { kubeVersion, apiVersions: [...versions, ...kinds], connection: api.connection };
        } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            throw new Error(`configured Kubernetes cluster is unreachable: ${reason}`, { cause: error });
        }
    }

    private async complete(object: Values, namespace: string, skipAwait: boolean): Promise<Values> {
        const kind = objects.kindOfObject(object);
        if (!object.kind || !object.apiVersion)
            throw new Error("the chart renders an object without apiVersion or kind");
        if (!objects.nameOf(object)) throw new Error(`the chart renders a ${kind.kind} without metadata.name`);
        const namespaced = await this.cluster.discovery.isNamespaced(kind);
        const metadata: Values = {};
        if (namespaced && !objects.namespaceOf(object)) metadata.namespace = namespace;
        if (skipAwait) {
            metadata.annotations = { ...at<Values>(object, "metadata", "annotations"), "pulumi.com/skipAwait": "true" };
        }
        return objects.withMetadata({ ...object, apiVersion: objects.apiVersion(kind) }, metadata);
    }

    private async registerAll(
        monitor: ResourceMonitorClient,
        request: ConstructRequest,
        parent: string,
        args: Values,
        children: Values[],
    ): Promise<unknown[]> {
        const prefix = typeof args.resourcePrefix === "string" ? args.resourcePrefix : request.getName();
        const provider = request.getProvidersMap().get("kubernetes");
        const plainOf = new Map(children.map((child) => [plainObject(child), child]));
        const registered = new Map<Values, Promise<RegisterResourceResponse>>();
        for (const { object, dependencies } of inOrder([...plainOf.keys()])) {
            const before = dependencies.flatMap((dependency) => registered.get(dependency) ?? []);
            const child = childRequest(childName(prefix, object), parent, provider, plainOf.get(object) ?? object);
            const policy = at<string>(object, "metadata", "annotations", "helm.sh/resource-policy");
            if (policy === "keep") child.setRetainondelete(true);
            registered.set(
                object,
                Promise.all(before).then((ready) => {
                    child.setDependenciesList(ready.map((response) => response.getUrn()));
                    return register(monitor, child).then(({ response }) => response);
                }),
            );
        }
        const responses = await Promise.all(registered.values());
        return responses.map((response) => resourceReference(response.getUrn(), response.getId()));
    }
}

/** The component itself: protect, retainOnDelete and deletedWith reach its children from here, by the engine. */
function componentRequest(request: ConstructRequest): RegisterResourceRequest {
    const component = new RegisterResourceRequest();
    component.setType(request.getType());
    component.setName(request.getName());
    component.setParent(request.getParent());
    component.setObject(toStruct({}));
    component.setAcceptsecrets(true);
    component.setAcceptresources(true);
    component.setDependenciesList(request.getDependenciesList());
    component.setAliasesList(request.getAliasesList());
    component.setAliasspecs(true);
    component.setDeletedwith(request.getDeletedwith());
    component.setIgnorechangesList(request.getIgnorechangesList());
    component.setReplaceonchangesList(request.getReplaceonchangesList());
    if (request.hasProtect()) component.setProtect(request.getProtect() === true);
    if (request.hasRetainondelete()) component.setRetainondelete(request.getRetainondelete() === true);
    for (const [name, reference] of request.getProvidersMap().entries())
        component.getProvidersMap().set(name, reference);
    return component;
}

function childRequest(
    name: string,
    parent: string,
    provider: string | undefined,
    object: Values,
): RegisterResourceRequest {
    const isSecret = objects.isKind(object, "", "Secret");
    const hidden = ["data", "stringData"].filter((key) => isSecret && object[key] !== undefined);
    const content = { ...object, ...Object.fromEntries(hidden.map((key) => [key, secret(object[key])])) };
    const child = new RegisterResourceRequest();
    child.setType(objects.typeOfKind(objects.kindOfObject(object)));
    child.setName(name);
    child.setParent(parent);
    child.setCustom(true);
    child.setObject(toStruct(compact(content, true)));
    child.setAcceptsecrets(true);
    child.setAcceptresources(true);
    child.setSupportspartialvalues(true);
    child.setAliasspecs(true);
    if (isSecret) child.setAdditionalsecretoutputsList(["data", "stringData"]);
    if (provider) child.setProvider(provider);
    else child.setVersion(version);
    return child;
}

function register(
    monitor: ResourceMonitorClient,
    request: RegisterResourceRequest,
): Promise<{ urn: string; response: RegisterResourceResponse }> {
    return new Promise((resolve, reject) => {
        monitor.registerResource(request, (error, response) =>
            error ? reject(error) : resolve({ urn: response.getUrn(), response }),
        );
    });
}
