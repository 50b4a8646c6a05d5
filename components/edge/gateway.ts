// The Gateway API, standard fields only.
import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import { backends } from "../delivery/weights";
import type { Cluster, Waited } from "../lib/scope";
import type { Resolved } from "../parts";
import { recordAnnotations } from "./external-dns";
import { inUseBeforeDeletions } from "./in-use";
import { names } from "./names";
import { strictTransport, tlsSecretName } from "./tls";

const group = "gateway.networking.k8s.io";
const apiVersion = `${group}/v1`;
/** Names of the listeners that are this stack's own. */
const own = { https: "https", http: "http" } as const;

/** Where a route is attached. */
interface Parent {
    group: string;
    kind: "Gateway" | "ListenerSet";
    name: string;
    namespace: string;
    sectionName?: string;
}

/** Its first parent has taken the route, and found all that it names. */
const waitForRoute = JSON.stringify(
    ["Accepted", "ResolvedRefs"].map(
        (type) => `jsonpath={.status.parents[0].conditions[?(@.type=="${type}")].status}=True`,
    ),
);

const sharedGateway = (s: Resolved) => ({ name: s.gatewayName, namespace: s.gatewayNamespace || s.namespace });

/** The listeners of this stack: for HTTPS with its certificate, and for HTTP where nobody else's redirects. */
function listeners(s: Resolved): object[] {
    const secret = tlsSecretName(s);
    const http = { name: own.http, protocol: "HTTP", port: s.gatewayHttpPort, hostname: s.host };
    const https = {
        name: own.https,
        protocol: "HTTPS",
        port: s.gatewayHttpsPort,
        hostname: s.host,
        tls: { mode: "Terminate", certificateRefs: [{ name: secret }] },
    };
    return [...(secret === "" ? [] : [https]), ...(s.gatewayRedirectSection === "" ? [http] : [])];
}

/** Where requests arrive that are to be answered, and those that are to be redirected. */
function parents(s: Resolved): { serves: Parent; redirects?: Parent } {
    const secret = tlsSecretName(s);
    const shared: Parent = { group, kind: "Gateway", ...sharedGateway(s) };
    if (s.gatewayName !== "" && secret === "") {
        const redirects = { ...shared, sectionName: s.gatewayRedirectSection };
        return {
            serves: { ...shared, ...(s.gatewaySection === "" ? {} : { sectionName: s.gatewaySection }) },
            ...(s.gatewayRedirectSection === "" ? {} : { redirects }),
        };
    }
    const kind = s.gatewayName === "" ? "Gateway" : "ListenerSet";
    const mine: Parent = { group, kind, name: names.edge, namespace: s.namespace };
    if (secret === "") return { serves: { ...mine, sectionName: own.http } };
    const redirects =
        s.gatewayRedirectSection === ""
            ? { ...mine, sectionName: own.http }
            : { ...shared, sectionName: s.gatewayRedirectSection };
    return { serves: { ...mine, sectionName: own.https }, redirects };
}

/** What has the listeners of this stack: a Gateway of its own, or a ListenerSet of one that is there already. */
function createListeners({ settings: s, child, metadata, options }: Cluster): void {
    const isShared = s.gatewayName !== "";
    if (isShared && tlsSecretName(s) === "") return;
    const parentRef = { group, kind: "Gateway", ...sharedGateway(s) };
    const place = isShared ? { parentRef } : { gatewayClassName: s.gatewayClass };
    new apiextensions.CustomResource(
        child(isShared ? "listeners" : "gateway"),
        {
            apiVersion,
            kind: isShared ? "ListenerSet" : "Gateway",
            metadata: metadata(names.edge, { annotations: { "pulumi.com/waitFor": "condition=Programmed" } }),
            spec: { ...place, listeners: listeners(s) },
        },
        options(),
    );
}

/** What a request passes through. */
function rule(s: Resolved, service: pulumi.Input<string>): object {
    const header = strictTransport(s);
    const set = [{ name: "Strict-Transport-Security", value: header }];
    return {
        ...(header === "" ? {} : { filters: [{ type: "ResponseHeaderModifier", responseHeaderModifier: { set } }] }),
        backendRefs: backends(s, service),
        timeouts: { request: `${s.requestTimeoutSeconds}s` },
    };
}

const redirect = {
    filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }],
};

/** Routes and listeners may come in any order: each waits for the other in the cluster. */
export function createGateway(cluster: Cluster, service: pulumi.Input<string>): Waited {
    const { settings: s, child, metadata, options } = cluster;
    const route = (suffix: string, name: string, parent: Parent, more: object, annotations = {}) =>
        new apiextensions.CustomResource(
            child(suffix),
            {
                apiVersion,
                kind: "HTTPRoute",
                metadata: metadata(name, { annotations: { "pulumi.com/waitFor": waitForRoute, ...annotations } }),
                spec: {
                    parentRefs: [parent],
                    hostnames: [s.host],
                    rules: [{ matches: [{ path: { type: "PathPrefix", value: s.edgePath } }], ...more }],
                },
            },
            options(inUseBeforeDeletions()),
        );
    createListeners(cluster);
    const { serves, redirects } = parents(s);
    if (redirects) route("redirect-route", names.redirect, redirects, redirect);
    return { ready: [route("route", names.edge, serves, rule(s, service), recordAnnotations(s))] };
}
