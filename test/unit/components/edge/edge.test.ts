import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { check, resolve } from "../../../../components/config/resolve";
import { requirements } from "../../../../components/edge/requirements";
import { takenOver } from "../../../../components/lib/takeover";
import { firstPreview, plan } from "../../../support/mocks";

const end = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;
const annotated = (annotations: Record<string, string>) =>
    Object.fromEntries(Object.entries(annotations).map(([name, value]) => [end(name), value]));

const balanced: JustDbCloudArgs = { serviceType: "LoadBalancer", loadBalancerSourceRanges: ["10.20.0.0/24"] };
const ofEks: JustDbCloudArgs = { ...balanced, loadBalancerController: "cloud-provider-aws" };
const ofOther: JustDbCloudArgs = { ...balanced, loadBalancerController: "other" };
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
        const facing = await annotationsOf({ ...balanced, loadBalancerScheme: "internet-facing" });
        assert.equal(facing[end("scheme")], "internet-facing");
    });

    it("asks the cloud provider of EKS in its own words, for no attribute that it refuses", async () => {
        const words = (internal: string) =>
            annotated({ type: "nlb", internal, ...healthCheck, "cross-zone-load-balancing-enabled": "true" });
        assert.deepEqual(await annotationsOf(ofEks), words("true"));
        assert.deepEqual(await annotationsOf({ ...ofEks, loadBalancerScheme: "internet-facing" }), words("false"));
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
            'serviceAnnotations: "external": it follows from loadBalancerController and loadBalancerScheme',
            'serviceAnnotations: "internal": it follows from loadBalancerController and loadBalancerScheme',
        ]);
        // The cloud provider does not read it: the load balancer would be what loadBalancerScheme says.
        assert.deepEqual(problems({ ...ofEks, serviceAnnotations: annotated({ scheme: "internal" }) }), [
            "serviceAnnotations: nothing: it follows from loadBalancerController and loadBalancerScheme",
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
});
