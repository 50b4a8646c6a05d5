import * as a from "../config/setting";
import type { EdgeArgs } from "./args";
import { leastDrain, takesAffinity } from "./controllers";
import { IngressController } from "./ingress-args";
import { LoadBalancerController, LoadBalancerScheme } from "./load-balancer-args";
import { Edge, SessionAffinity } from "./service-args";

/** As the API server takes it: no part is empty, but the last, or leads to where it is or up. */
const path = /^(?!.*\/(?:\/|\.\.?(?:\/|$)))\/[\w./~-]*$/;

export const schema: a.Schema<EdgeArgs> = {
    edge: a.choice(Edge, { default: "none", example: "gateway" }),
    host: a.hostName({ default: "", example: "justdb.example.com" }),
    edgePreflight: a.flag({ default: (s) => s.createNamespace, example: false }),
    externalDns: a.flag({ default: false, example: true }),
    edgePath: a.text('a path that begins with a slash, with no "//", "." or ".." in it', path, {
        default: "/",
        example: "/api",
    }),
    requestTimeoutSeconds: a.integer(1, 3600, { default: 60, example: 120 }),
    maxBodySize: a.size("1Ki", { default: "", example: "10Mi" }),
    ingressNamespace: a.dnsLabel({ default: "", example: "traefik" }),
    ingressPodLabels: a.podLabels({ default: {}, example: { "app.kubernetes.io/name": "traefik" } }),
    edgeCidrs: a.cidrs({ default: [], example: ["10.20.0.0/24"] }),
    serviceAnnotations: a.annotations({ default: {}, example: { team: "data" } }),
    tlsSecret: a.dnsName({ default: "", example: "justdb-example-com" }),
    tlsIssuer: a.text("ClusterIssuer/NAME or Issuer/NAME", /^(?:Cluster)?Issuer\/[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/, {
        default: "",
        example: "ClusterIssuer/letsencrypt",
    }),
    tlsCertificateArn: a.text(
        "the ARN of a certificate of AWS Certificate Manager",
        /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
        {
            default: "",
            example: "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        },
    ),
    allowPlainHttp: a.flag({ default: false, example: true }),
    hstsSeconds: a.integer(0, 63072000, { default: 31536000, example: 86400 }),
    loadBalancerController: a.choice(LoadBalancerController, {
        default: "aws-load-balancer-controller",
        example: "cloud-provider-aws",
    }),
    loadBalancerScheme: a.choice(LoadBalancerScheme, { default: "internal", example: "internet-facing" }),
    loadBalancerSourceRanges: a.cidrs({ default: [], example: ["203.0.113.0/24"] }),
    ingressClass: a.dnsName({ default: "", example: "traefik" }),
    ingressController: a.choice(IngressController, { default: "other", example: "traefik" }),
    ingressAnnotations: a.annotations({ default: {}, example: { team: "data" } }),
    gatewayClass: a.dnsName({ default: "", example: "traefik" }),
    gatewayName: a.dnsName({ default: "", example: "shared" }),
    gatewayNamespace: a.dnsLabel({ default: "", example: "gateways" }),
    gatewaySection: a.dnsName({ default: "", example: "https" }),
    gatewayRedirectSection: a.dnsName({ default: "", example: "http" }),
    gatewayHttpsPort: a.integer(1, 65535, { default: 443, example: 8443 }),
    gatewayHttpPort: a.integer(1, 65535, { default: 80, example: 8000 }),
    sessionAffinity: a.choice(SessionAffinity, {
        default: (s) => (takesAffinity(s) && s.edge !== "ingress" && s.edge !== "gateway" ? "ClientIP" : "None"),
        example: "None",
    }),
    drainSeconds: a.integer(1, 300, { default: leastDrain, example: 60 }),
};
