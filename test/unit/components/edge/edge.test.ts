import assert from "node:assert/strict";
import type { Service } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { JustDbCloudArgs } from "../../../../components";
import { check, resolve } from "../../../../components/config/resolve";
import { requirements } from "../../../../components/edge/requirements";
import { serviceUrl } from "../../../../components/edge/service";
import { takenOver } from "../../../../components/lib/takeover";
import { albIngress, balanced, otherIngress, ownGateway, sharedGateway, traefikIngress } from "../../../support/edges";
import { firstPreview, plan } from "../../../support/mocks";

const end = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;
const annotated = (annotations: Record<string, string>) =>
    Object.fromEntries(Object.entries(annotations).map(([name, value]) => [end(name), value]));

const ofEks: JustDbCloudArgs = { ...balanced, loadBalancerController: "cloud-provider-aws" };
const ofAutoMode: JustDbCloudArgs = { ...balanced, loadBalancerController: "eks-auto-mode" };
const facingInternet: JustDbCloudArgs = { loadBalancerScheme: "internet-facing", allowPlainHttp: true };
const ofOther: JustDbCloudArgs = { ...balanced, loadBalancerController: "other", allowPlainHttp: true };
const healthCheck = {
    "healthcheck-interval": "10",
    "healthcheck-healthy-threshold": "2",
    "healthcheck-unhealthy-threshold": "2",
};

const problems = (args: JustDbCloudArgs) => check(args).map(({ key, allowed }) => `${key}: ${allowed}`);
/** But for those by which the provider takes over what is there. */
const annotationsOf = async (args: JustDbCloudArgs) => {
    const all = (await plan(args)).at("justdb-service", "metadata.annotations") as Record<string, string>;
    return Object.fromEntries(Object.entries(all).filter(([name]) => !(name in takenOver)));
};

describe("edge", () => {
    it("asks AWS Load Balancer Controller for an internal load balancer, unless told", async () => {
        assert.deepEqual(
            await annotationsOf(balanced),
            annotated({
                type: "external",
                "nlb-target-type": "instance",
                scheme: "internal",
                ...healthCheck,
                attributes: "load_balancing.cross_zone.enabled=true",
                "target-group-attributes":
                    "target_health_state.unhealthy.connection_termination.enabled=false," +
                    "target_health_state.unhealthy.draining_interval_seconds=65",
            }),
        );
        const facing = await annotationsOf({ ...balanced, ...facingInternet });
        assert.equal(facing[end("scheme")], "internet-facing");
    });

    it("asks the cloud provider of EKS in its own words, for no attribute that it refuses", async () => {
        const words = (internal: string) =>
            annotated({ type: "nlb", internal, ...healthCheck, "cross-zone-load-balancing-enabled": "true" });
        assert.deepEqual(await annotationsOf(ofEks), words("true"));
        assert.deepEqual(await annotationsOf({ ...ofEks, ...facingInternet }), words("false"));
    });

    it("asks EKS Auto Mode by its class, in the words of AWS Load Balancer Controller", async () => {
        const words = await annotationsOf(balanced);
        delete words[end("type")];
        assert.deepEqual(await annotationsOf(ofAutoMode), words);
        const spec = async (args: JustDbCloudArgs, path: string) => (await plan(args)).at("justdb-service", path);
        assert.equal(await spec(ofAutoMode, "spec.loadBalancerClass"), "eks.amazonaws.com/nlb");
        assert.equal(await spec(ofAutoMode, "spec.sessionAffinity"), "ClientIP");
        assert.equal(await spec(balanced, "spec.loadBalancerClass"), undefined);
    });

    it("leaves another controller, and a Service within the cluster, to the annotations that are given", async () => {
        const serviceAnnotations = { [end("type")]: "nlb", team: "data" };
        assert.deepEqual(await annotationsOf({ ...ofOther, serviceAnnotations }), serviceAnnotations);
        assert.deepEqual(await annotationsOf({ serviceAnnotations }), serviceAnnotations);
    });

    it("lets annotations be added, and attributes be others", async () => {
        const serviceAnnotations = { team: "data", [end("attributes")]: "deletion_protection.enabled=true" };
        const made = (await annotationsOf({ ...balanced, serviceAnnotations })) as Record<string, string>;
        assert.equal(made.team, "data");
        assert.equal(made[end("attributes")], "deletion_protection.enabled=true");
        assert.equal(made[end("type")], "external");
    });

    it("knows no URL before the Service is made, whoever gives the address", async () => {
        for (const args of [{}, balanced]) {
            assert.equal("url" in (await firstPreview(args)).outputs, false);
        }
        assert.equal((await plan({})).outputs.url, "http://10.96.0.99");
        assert.equal((await plan(balanced)).outputs.url, "http://lb.example.com");
    });

    it("gives an address of IPv6 in brackets", async () => {
        const given = { id: pulumi.output("id"), spec: pulumi.output({ clusterIP: "fd00::99" }) };
        const url = serviceUrl(given as unknown as Service, resolve({}, "justdb"), "http");
        assert.equal(await new Promise((done) => url.apply(done)), "http://[fd00::99]");
    });

    it("asks for affinity where the controller takes it", async () => {
        const affinity = async (args: JustDbCloudArgs) =>
            (await plan(args)).at("justdb-service", "spec.sessionAffinity");
        assert.equal(await affinity({}), "ClientIP");
        assert.equal(await affinity(balanced), "ClientIP");
        assert.equal(await affinity(ofOther), "ClientIP");
        assert.equal(await affinity(ofEks), "None");
        assert.equal(await affinity({ ...balanced, sessionAffinity: "None" }), "None");
        assert.deepEqual(problems({ ...ofEks, sessionAffinity: "ClientIP" }), [
            "sessionAffinity: None: this controller makes no load balancer for another one",
        ]);
    });

    it("asks load balancers of AWS for IPv4, by which alone they send to nodes", async () => {
        const families = async (args: JustDbCloudArgs) => {
            const made = await plan(args);
            return ["ipFamilyPolicy", "ipFamilies"].map((name) => made.at("justdb-service", `spec.${name}`));
        };
        const dualStack = { ipFamilies: "dualStack" } as const;
        for (const args of [balanced, ofEks, ofAutoMode]) {
            assert.deepEqual(await families({ ...args, ...dualStack }), ["SingleStack", ["IPv4"]]);
            assert.deepEqual(problems({ ...args, ipFamilies: "IPv6" }), [
                "ipFamilies: IPv4 or dualStack: network load balancers of AWS send to nodes by IPv4 alone",
            ]);
        }
        assert.deepEqual(await families(balanced), [undefined, undefined]);
        assert.deepEqual(await families({ ...ofOther, ...dualStack }), [undefined, undefined]);
        assert.deepEqual(problems({ ...ofOther, ipFamilies: "IPv6" }), []);
    });

    it("drains, and waits for a new pod, for longer than a load balancer needs to see it", async () => {
        const times = async (args: JustDbCloudArgs) => {
            const made = await plan(args);
            const spec = (path: string) => made.at("justdb-deployment", `spec.${path}`);
            return [
                spec("template.spec.containers.0.lifecycle.preStop.sleep.seconds"),
                spec("template.spec.terminationGracePeriodSeconds"),
                spec("minReadySeconds"),
                spec("strategy.rollingUpdate.maxSurge"),
            ];
        };
        assert.deepEqual(await times({}), [10, 45, 5, 1]);
        assert.deepEqual(await times(balanced), [30, 65, 30, 1]);
        assert.deepEqual(await times(ofEks), [30, 65, 30, 1]);
        assert.deepEqual(await times(ofOther), [90, 125, 90, 1]);
        assert.deepEqual(await times({ ...ofOther, drainSeconds: 15 }), [15, 50, 15, 1]);
        for (const [args, given] of [
            [balanced, annotated(healthCheck)],
            [ofEks, annotated(healthCheck)],
        ] as const) {
            const [interval, , answers] = Object.values(given).map(Number);
            assert.ok(resolve(args, "justdb").drainSeconds > interval! * answers!);
        }
    });

    it("refuses a drain that its load balancer does not see", () => {
        const says = ["drainSeconds: 30 or more: so long its load balancer sends requests to a pod that ends"];
        assert.deepEqual(problems({ ...balanced, drainSeconds: 29 }), says);
        assert.deepEqual(problems({ ...ofEks, drainSeconds: 10 }), says);
        assert.deepEqual(problems({ ...balanced, drainSeconds: 60 }), []);
        assert.deepEqual(problems({ drainSeconds: 5 }), []);
    });

    it("refuses annotations that contradict the settings, as those of 1.0.0 in prod", () => {
        const given = annotated({ type: "nlb", scheme: "internet-facing" });
        assert.deepEqual(problems({ ...balanced, serviceAnnotations: given }), [
            'serviceAnnotations: "external": it follows from loadBalancerController, loadBalancerScheme and tlsCertificateArn',
            'serviceAnnotations: "internal": it follows from loadBalancerController, loadBalancerScheme and tlsCertificateArn',
        ]);
        // The cloud provider does not read it: the load balancer would be what loadBalancerScheme says.
        assert.deepEqual(problems({ ...ofEks, serviceAnnotations: annotated({ scheme: "internal" }) }), [
            "serviceAnnotations: nothing: it follows from loadBalancerController, loadBalancerScheme and tlsCertificateArn",
        ]);
        assert.deepEqual(
            problems({ ...balanced, serviceAnnotations: annotated({ "healthcheck-port": "80" }) }).length,
            1,
        );
        assert.deepEqual(problems({ ...balanced, serviceAnnotations: annotated({ type: "external" }) }), []);
        assert.deepEqual(problems({ ...ofOther, serviceAnnotations: given }), []);
    });

    it("refuses what would have no effect", () => {
        const keys = (args: JustDbCloudArgs) => check(args).map(({ key }) => key);
        const scheme = { loadBalancerScheme: "internet-facing" } as const;
        assert.deepEqual(keys({ ...ofOther, ...scheme }), ["loadBalancerScheme"]);
        assert.deepEqual(keys({ ...scheme, loadBalancerController: "other" }), [
            "loadBalancerController",
            "loadBalancerScheme",
        ]);
    });

    it("requires AWS Load Balancer Controller where it is to make the load balancer, and says what else to do", () => {
        const of = (args: JustDbCloudArgs) => requirements(resolve(args, "justdb"));
        assert.deepEqual(
            of(balanced).map(({ api }) => api),
            ["elbv2.k8s.aws/v1beta1/TargetGroupBinding"],
        );
        assert.match(of(balanced)[0]!.fix, /installation.*pulumi config set loadBalancerController cloud-provider-aws/);
        for (const args of [{}, ofEks, ofOther]) assert.deepEqual(of(args), []);
    });

    it("requires the APIs that it makes objects of, each with how to install it", () => {
        const needed = (args: JustDbCloudArgs) => requirements(resolve({ ...args, edgePreflight: false }, "justdb"));
        const apis = (args: JustDbCloudArgs) => needed(args).map(({ api }) => api);
        const gateway = (kind: string) => `gateway.networking.k8s.io/v1/${kind}`;
        const certificate = "cert-manager.io/v1/Certificate";
        const middleware = "traefik.io/v1alpha1/Middleware";
        const targets = "elbv2.k8s.aws/v1beta1/TargetGroupBinding";
        const [tlsSecret, tlsIssuer] = ["ours", "Issuer/own"];
        assert.deepEqual(apis(ofAutoMode), ["eks.amazonaws.com/v1/TargetGroupBinding"]);
        assert.deepEqual(apis({ ...ownGateway, tlsSecret }), [gateway("HTTPRoute"), gateway("Gateway")]);
        assert.deepEqual(apis({ ...sharedGateway, gatewaySection: "https" }), [gateway("HTTPRoute")]);
        assert.deepEqual(apis({ ...sharedGateway, tlsIssuer }), [
            gateway("HTTPRoute"),
            gateway("ListenerSet"),
            certificate,
        ]);
        assert.deepEqual(apis({ ...traefikIngress, tlsIssuer }), [certificate, middleware]);
        assert.deepEqual(apis({ ...traefikIngress, allowPlainHttp: true }), []);
        assert.deepEqual(apis({ ...otherIngress, tlsSecret }), []);
        assert.deepEqual(apis({ ...albIngress, allowPlainHttp: true }), [targets]);
        for (const { fix } of needed({ ...sharedGateway, tlsIssuer })) {
            assert.match(fix, /^install it.*https:/);
        }
    });

    it("looks for what it names in the cluster, outside of the namespace", () => {
        const named = (args: JustDbCloudArgs) =>
            requirements(resolve(args, "justdb"))
                .filter(({ object }) => object !== undefined)
                .map(({ api, object }) => [
                    api.split("/").at(-1),
                    object!.namespace,
                    object!.name,
                    ...object!.listeners,
                ]);
        const tlsSecret = "ours";
        assert.deepEqual(named({ ...otherIngress, tlsSecret }), [["IngressClass", "", "haproxy"]]);
        assert.deepEqual(named({ ...ownGateway, tlsSecret }), [["GatewayClass", "", "traefik"]]);
        const sections = { gatewaySection: "https", gatewayRedirectSection: "http" };
        assert.deepEqual(named({ ...sharedGateway, ...sections }), [
            ["Gateway", "gateways", "shared", "https", "http"],
        ]);
        assert.deepEqual(named({ ...sharedGateway, tlsIssuer: "ClusterIssuer/acme" }), [
            ["Gateway", "gateways", "shared"],
            ["ClusterIssuer", "", "acme"],
        ]);
        for (const args of [{}, balanced, { ...sharedGateway, gatewayNamespace: "", tlsIssuer: "Issuer/own" }]) {
            assert.deepEqual(named(args), [], "what the namespace will have");
        }
    });

    it("looks for nothing where whoever deploys may see the namespace alone, or says so", () => {
        const args = { ...ownGateway, tlsIssuer: "ClusterIssuer/acme" };
        const isObject = ({ object }: { object?: object }) => object !== undefined;
        const looks = (more: JustDbCloudArgs) => requirements(resolve({ ...args, ...more }, "justdb")).some(isObject);
        assert.deepEqual([{}, { createNamespace: false }, { edgePreflight: false }].map(looks), [true, false, false]);
        assert.equal(looks({ createNamespace: false, edgePreflight: true }), true);
        for (const { object, fix } of requirements(resolve(args, "justdb"))) {
            if (object) assert.match(fix, /kubectl get \w+ lists.*pulumi config set edgePreflight false/);
        }
    });

    it("keeps no client with one pod where a controller calls for all of them", async () => {
        for (const args of [
            { ...ownGateway, tlsSecret: "ours" },
            { ...otherIngress, tlsSecret: "ours" },
        ]) {
            assert.equal((await plan(args)).at("justdb-service", "spec.sessionAffinity"), "None");
            assert.equal(resolve(args, "justdb").drainSeconds, 10);
        }
        const outside = { ...ownGateway, tlsSecret: "ours", edgeCidrs: ["10.20.0.0/24"] };
        assert.equal(resolve(outside, "justdb").drainSeconds, 90);
        assert.equal((await plan(outside)).at("justdb-deployment", "spec.minReadySeconds"), 90);
    });

    it("says what has taken the place of serviceType, and nothing that follows from it", () => {
        const given = { serviceType: "LoadBalancer", loadBalancerSourceRanges: ["10.20.0.0/24"] } as JustDbCloudArgs;
        const [problem, ...more] = check(given);
        assert.deepEqual(more, []);
        assert.equal(problem!.key, "serviceType");
        assert.equal(problem!.allowed, "edge in its place");
        assert.match(problem!.fix, /LoadBalancer, set edge to loadBalancer; for ClusterIP, .*ingressNamespace/);
    });

    it("refuses what its kind does not read", () => {
        const keys = (args: JustDbCloudArgs) => check(args).map(({ key, allowed }) => `${key}: ${allowed}`);
        const only = (edges: string) => `nothing: it is for edge ${edges} only`;
        assert.deepEqual(
            keys({ host: "a.example.com", tlsSecret: "ours", ingressClass: "traefik", gatewayName: "x" }),
            [
                `host: ${only("loadBalancer, ingress or gateway")}`,
                `tlsSecret: ${only("ingress or gateway")}`,
                `ingressClass: ${only("ingress")}`,
                `gatewayName: ${only("gateway")}`,
            ],
        );
        assert.deepEqual(keys({ ...balanced, requestTimeoutSeconds: 5, edgePath: "/api" }), [
            `edgePath: ${only("ingress or gateway")}`,
            `requestTimeoutSeconds: ${only("ingress or gateway")}`,
        ]);
        assert.deepEqual(keys({ ...ownGateway, tlsSecret: "ours", maxBodySize: "1Mi" }), [
            `maxBodySize: ${only("ingress")}`,
        ]);
        for (const host of ["localhost", "10.0.0.1", "*.example.com", "https://a.example.com"]) {
            assert.deepEqual(
                check({ ...ownGateway, tlsSecret: "ours", host }).map(({ key }) => key),
                ["host"],
                host,
            );
        }
    });
});
