import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { check, resolve } from "../../../../components/config/resolve";
import { takenOver } from "../../../../components/lib/takeover";
import { albIngress, arn, host, otherIngress, traefikIngress, without } from "../../../support/edges";
import { plan } from "../../../support/mocks";

const problems = (args: JustDbCloudArgs) => check(args).map(({ key, got }) => `${key}: ${got}`);
const annotationsOf = async (args: JustDbCloudArgs, name = "ingress") => {
    const all = (await plan(args)).at(`justdb-${name}`, "metadata.annotations") as Record<string, string>;
    return Object.fromEntries(Object.entries(all).filter(([key]) => !(key in takenOver)));
};
const prefixed = (prefix: string, annotations: Record<string, string>) =>
    Object.fromEntries(Object.entries(annotations).map(([name, value]) => [prefix + name, value]));
const alb = (annotations: Record<string, string>) => prefixed("alb.ingress.kubernetes.io/", annotations);
const router = (annotations: Record<string, string>) => prefixed("traefik.ingress.kubernetes.io/router.", annotations);
const unawaited = { "pulumi.com/skipAwait": "true" };

const backend = { service: { name: "justdb-cloud", port: { number: 80 } } };
const rules = [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }];
const tls = [{ hosts: [host], secretName: "ours" }];

describe("edge ingress", () => {
    it("leads one host to the Service, with the certificate", async () => {
        const made = await plan({ ...otherIngress, tlsSecret: "ours" });
        assert.deepEqual(made.at("justdb-ingress", "spec"), { ingressClassName: "haproxy", tls, rules });
        assert.equal(made.at("justdb-service", "spec.type"), "ClusterIP");
        assert.equal(made.outputs.url, `https://${host}`);
        const api = await plan({ ...otherIngress, tlsSecret: "ours", edgePath: "/api" });
        assert.equal(api.at("justdb-ingress", "spec.rules.0.http.paths.0.path"), "/api");
    });

    it("needs a class, a host, and a certificate or the word that it needs none", async () => {
        const less = without(otherIngress, "host", "ingressClass");
        assert.deepEqual(problems(less), [
            "host: nothing, with edge ingress",
            "allowPlainHttp: no certificate, with edge ingress",
            "ingressClass: nothing, with edge ingress",
        ]);
        const plain = { ...otherIngress, allowPlainHttp: true };
        assert.deepEqual(problems(plain), []);
        const made = await plan(plain);
        assert.deepEqual(made.at("justdb-ingress", "spec"), { ingressClassName: "haproxy", rules });
        assert.equal(made.outputs.url, `http://${host}`);
    });

    it("asks external-dns for the record", async () => {
        const args = { ...traefikIngress, tlsSecret: "ours", externalDns: true };
        const record = {
            "external-dns.alpha.kubernetes.io/hostname": host,
            "external-dns.kubernetes.io/hostname": host,
        };
        const own = await annotationsOf(args);
        for (const [name, value] of Object.entries(record)) assert.equal(own[name], value);
        for (const name of Object.keys(record)) {
            assert.equal((await annotationsOf(args, "redirect-ingress"))[name], undefined);
        }
    });

    describe("of another controller", () => {
        it("is told what its annotations tell, and nothing else", async () => {
            const args = { ...otherIngress, tlsSecret: "ours", ingressAnnotations: { team: "data" } };
            assert.deepEqual(await annotationsOf(args), { ...unawaited, team: "data" });
            const made = await plan(args);
            assert.equal(made.all("kubernetes:networking.k8s.io/v1:Ingress").length, 1);
            assert.equal(made.resources.filter(({ type }) => type.includes("traefik.io")).length, 0);
        });

        it("refuses limits that it cannot be told", () => {
            const limits = { requestTimeoutSeconds: 30, hstsSeconds: 60, maxBodySize: "1Mi" };
            assert.deepEqual(problems({ ...otherIngress, tlsSecret: "ours", ...limits }), [
                "requestTimeoutSeconds: 30, with ingressController other",
                "hstsSeconds: 60, with ingressController other",
                'maxBodySize: "1Mi", with ingressController other',
            ]);
        });
    });

    describe("of Traefik", () => {
        const args = { ...traefikIngress, tlsSecret: "ours" };

        it("serves at the entry point for HTTPS, by way of HSTS and the limit of bodies", async () => {
            const limited = { ...args, maxBodySize: "10Mi" };
            assert.deepEqual(await annotationsOf(limited), {
                ...unawaited,
                ...router({
                    entrypoints: "websecure",
                    tls: "true",
                    middlewares:
                        "justdb-cloud-justdb-cloud-hsts@kubernetescrd,justdb-cloud-justdb-cloud-body-size@kubernetescrd",
                }),
            });
            const made = await plan(limited);
            assert.deepEqual(made.at("justdb-middleware-hsts", "spec"), { headers: { stsSeconds: 31536000 } });
            assert.deepEqual(made.at("justdb-middleware-body-size", "spec"), {
                buffering: { maxRequestBodyBytes: 10 * 2 ** 20 },
            });
            assert.equal(made.at("justdb-middleware-hsts", "apiVersion"), "traefik.io/v1alpha1");
            assert.equal(made.at("justdb-middleware-hsts", "metadata.name"), "justdb-cloud-hsts");
        });

        it("redirects at the entry point for HTTP, by an Ingress of its own", async () => {
            const made = await plan(args);
            assert.deepEqual(await annotationsOf(args, "redirect-ingress"), {
                ...unawaited,
                ...router({
                    entrypoints: "web",
                    middlewares: "justdb-cloud-justdb-cloud-redirect@kubernetescrd",
                }),
            });
            assert.deepEqual(made.at("justdb-redirect-ingress", "spec"), { ingressClassName: "traefik", tls, rules });
            assert.deepEqual(made.at("justdb-middleware-redirect", "spec"), {
                redirectScheme: { scheme: "https", permanent: true },
            });
        });

        it("serves at the entry point for HTTP alone where that is allowed", async () => {
            const plain = { ...traefikIngress, allowPlainHttp: true };
            const made = await plan(plain);
            assert.deepEqual(await annotationsOf(plain), { ...unawaited, ...router({ entrypoints: "web" }) });
            assert.equal(made.all("kubernetes:networking.k8s.io/v1:Ingress").length, 1);
            assert.equal(made.resources.filter(({ type }) => type.includes("traefik.io")).length, 0);
        });

        it("takes more middlewares, and refuses annotations that contradict", async () => {
            const more = { ...args, ingressAnnotations: router({ middlewares: "auth@file" }) };
            assert.deepEqual(problems(more), []);
            assert.equal(
                (await annotationsOf(more))["traefik.ingress.kubernetes.io/router.middlewares"],
                "justdb-cloud-justdb-cloud-hsts@kubernetescrd,auth@file",
            );
            const contrary = router({ entrypoints: "web", tls: "false", priority: "7" });
            assert.deepEqual(problems({ ...args, ingressAnnotations: contrary }), [
                'ingressAnnotations: traefik.ingress.kubernetes.io/router.entrypoints: "web", with ingressController traefik',
                'ingressAnnotations: traefik.ingress.kubernetes.io/router.tls: "false", with ingressController traefik',
            ]);
            assert.deepEqual(problems({ ...args, requestTimeoutSeconds: 30 }), [
                "requestTimeoutSeconds: 30, with ingressController traefik",
            ]);
        });
    });

    describe("of AWS Load Balancer Controller", () => {
        const args = { ...albIngress, tlsCertificateArn: arn };
        const healthCheck = {
            "healthcheck-path": "/health/ready",
            "healthcheck-interval-seconds": "10",
            "healthcheck-timeout-seconds": "5",
            "healthy-threshold-count": "2",
            "unhealthy-threshold-count": "2",
            "success-codes": "200",
        };

        it("makes an internal load balancer that ends TLS, redirects, and lets requests end", async () => {
            assert.deepEqual(
                await annotationsOf(args),
                alb({
                    scheme: "internal",
                    "target-type": "ip",
                    "inbound-cidrs": "10.30.0.0/16",
                    "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
                    "certificate-arn": arn,
                    "ssl-redirect": "443",
                    "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
                    "listener-attributes.HTTPS-443":
                        "routing.http.response.strict_transport_security.header_value=max-age=31536000",
                    "load-balancer-attributes": "idle_timeout.timeout_seconds=60",
                    "target-group-attributes": "deregistration_delay.timeout_seconds=30",
                    ...healthCheck,
                }),
            );
            const facing = await annotationsOf({ ...args, loadBalancerScheme: "internet-facing", hstsSeconds: 0 });
            assert.equal(facing["alb.ingress.kubernetes.io/scheme"], "internet-facing");
            assert.equal(facing["alb.ingress.kubernetes.io/listener-attributes.HTTPS-443"], undefined);
            const spec = (await plan(args)).at("justdb-ingress", "spec");
            assert.deepEqual(spec, { ingressClassName: "alb", rules });
        });

        it("listens for plain HTTP alone where that is allowed", async () => {
            const plain = await annotationsOf({ ...albIngress, allowPlainHttp: true });
            assert.equal(plain["alb.ingress.kubernetes.io/listen-ports"], '[{"HTTP":80}]');
            const names = Object.keys(plain).join();
            assert.doesNotMatch(names, /certificate|ssl|listener-attributes/);
        });

        it("drains as long as the load balancer, and takes attributes beside its own", async () => {
            const attributes = alb({
                "target-group-attributes": "slow_start.duration_seconds=30",
                "load-balancer-attributes": "access_logs.s3.enabled=true, access_logs.s3.bucket=logs",
                "ssl-policy": "ELBSecurityPolicy-TLS13-1-3-2021-06",
            });
            const more = { ...args, drainSeconds: 45, requestTimeoutSeconds: 90, ingressAnnotations: attributes };
            assert.deepEqual(problems(more), []);
            const made = await annotationsOf(more);
            const value = (name: string) => made[`alb.ingress.kubernetes.io/${name}`];
            assert.equal(
                value("target-group-attributes"),
                "deregistration_delay.timeout_seconds=45,slow_start.duration_seconds=30",
            );
            assert.equal(
                value("load-balancer-attributes"),
                "idle_timeout.timeout_seconds=90,access_logs.s3.enabled=true,access_logs.s3.bucket=logs",
            );
            assert.equal(value("ssl-policy"), "ELBSecurityPolicy-TLS13-1-3-2021-06");
            assert.equal(resolve(args, "justdb").drainSeconds, 30);
            assert.equal((await plan(args)).at("justdb-deployment", "spec.minReadySeconds"), 30);
            assert.deepEqual(problems({ ...args, drainSeconds: 20 }), [
                "drainSeconds: 20, with ingressController aws-load-balancer-controller",
            ]);
        });

        it("sends to pods by IPv6 from a load balancer of both families, and leaves its kind to somebody", async () => {
            const addressType = async (more: JustDbCloudArgs) =>
                (await annotationsOf({ ...args, ...more }))["alb.ingress.kubernetes.io/ip-address-type"];
            assert.equal(await addressType({}), undefined);
            assert.equal(await addressType({ ipFamilies: "IPv6" }), "dualstack");
            assert.equal(await addressType({ ipFamilies: "dualStack" }), "dualstack");
            const ingressAnnotations = alb({ "ip-address-type": "dualstack-without-public-ipv4" });
            assert.deepEqual(problems({ ...args, ipFamilies: "IPv6", ingressAnnotations }), []);
            const given = await addressType({ ipFamilies: "IPv6", ingressAnnotations });
            assert.equal(given, "dualstack-without-public-ipv4");
        });

        it("refuses security groups and lists of prefixes, which would let in others than the source ranges", () => {
            for (const name of ["security-groups", "security-group-prefix-lists"])
                assert.deepEqual(problems({ ...args, ingressAnnotations: alb({ [name]: "any" }) }), [
                    `ingressAnnotations: alb.ingress.kubernetes.io/${name}: "any", with ingressController aws-load-balancer-controller`,
                ]);
        });

        it("refuses annotations that contradict", () => {
            const contrary = alb({
                scheme: "internet-facing",
                "target-group-attributes": "deregistration_delay.timeout_seconds=300",
                "healthcheck-port": "8081",
                tags: "team=data",
            });
            const end = "with ingressController aws-load-balancer-controller";
            assert.deepEqual(problems({ ...args, ingressAnnotations: contrary }), [
                `ingressAnnotations: alb.ingress.kubernetes.io/scheme: "internet-facing", ${end}`,
                `ingressAnnotations: alb.ingress.kubernetes.io/target-group-attributes: "deregistration_delay.timeout_seconds=300", ${end}`,
                `ingressAnnotations: alb.ingress.kubernetes.io/healthcheck-port: "8081", ${end}`,
            ]);
        });

        it("needs its subnets, its clients and a certificate of AWS", () => {
            const less = without(args, "edgeCidrs", "loadBalancerSourceRanges");
            assert.deepEqual(problems(less), [
                "edgeCidrs: nothing, with edge ingress",
                "loadBalancerSourceRanges: nothing, with edge ingress",
            ]);
            assert.deepEqual(problems({ ...albIngress, tlsSecret: "ours" }), [
                "tlsSecret: tlsSecret, with edge ingress",
            ]);
            const ofOther = { ...otherIngress, tlsSecret: "ours", loadBalancerSourceRanges: ["10.0.0.0/8"] };
            assert.deepEqual(problems(ofOther), [
                'loadBalancerSourceRanges: ["10.0.0.0/8"], with ingressController other',
            ]);
        });
    });
});
