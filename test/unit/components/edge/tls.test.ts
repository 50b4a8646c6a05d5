import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { check } from "../../../../components/config/resolve";
import { albIngress, arn, balanced, host, ownGateway, traefikIngress } from "../../../support/edges";
import { plan } from "../../../support/mocks";

const problems = (args: JustDbCloudArgs) => check(args).map(({ key, got }) => `${key}: ${got}`);
const end = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;

describe("edge TLS", () => {
    it("has cert-manager make a certificate of the host, and waits for it", async () => {
        for (const args of [ownGateway, traefikIngress]) {
            const made = await plan({ ...args, tlsIssuer: "ClusterIssuer/letsencrypt" });
            assert.deepEqual(made.at("justdb-certificate", "spec"), {
                secretName: "justdb-tls",
                dnsNames: [host],
                privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
                issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "letsencrypt" },
            });
            const waitFor = made.at("justdb-certificate", "metadata.annotations.[pulumi.com/waitFor]");
            assert.equal(waitFor, "condition=Ready");
            assert.equal(made.outputs.url, `https://${host}`);
        }
        const ingress = await plan({ ...traefikIngress, tlsIssuer: "Issuer/own" });
        assert.equal(ingress.at("justdb-ingress", "spec.tls.0.secretName"), "justdb-tls");
        assert.equal(ingress.at("justdb-certificate", "spec.issuerRef.kind"), "Issuer");
        const gateway = await plan({ ...ownGateway, tlsIssuer: "Issuer/own" });
        const secret = "spec.listeners.0.tls.certificateRefs.0.name";
        assert.equal(gateway.at("justdb-gateway", secret), "justdb-tls");
    });

    it("ends at a load balancer of AWS, whoever makes it, with port 80 closed", async () => {
        for (const loadBalancerController of [
            "aws-load-balancer-controller",
            "cloud-provider-aws",
            "eks-auto-mode",
        ] as const) {
            const args = { ...balanced, loadBalancerController, tlsCertificateArn: arn };
            assert.deepEqual(problems({ ...args, loadBalancerScheme: "internet-facing" }), []);
            const made = await plan(args);
            assert.deepEqual(made.at("justdb-service", "spec.ports"), [
                { name: "https", port: 443, targetPort: 8080, protocol: "TCP" },
            ]);
            const told = (name: string) => made.at("justdb-service", `metadata.annotations.[${end(name)}]`);
            assert.equal(told("ssl-cert"), arn);
            assert.equal(told("ssl-ports"), "443");
            assert.equal(told("ssl-negotiation-policy"), "ELBSecurityPolicy-TLS13-1-2-2021-06");
            assert.equal(made.outputs.url, "https://lb.example.com");
            const contrary = { [end("ssl-ports")]: "8443", [end("backend-protocol")]: "ssl" };
            assert.equal(check({ ...args, serviceAnnotations: contrary }).length, 2);
        }
        const named = await plan({ ...balanced, tlsCertificateArn: arn, host, externalDns: true });
        assert.equal(named.outputs.url, `https://${host}`);
        const record = "metadata.annotations.[external-dns.alpha.kubernetes.io/hostname]";
        assert.equal(named.at("justdb-service", record), host);
    });

    it("is needed wherever plain HTTP would leave the cluster, but behind an internal load balancer", () => {
        const refused = ["allowPlainHttp: no certificate, with edge loadBalancer"];
        assert.deepEqual(problems(balanced), []);
        assert.deepEqual(problems({ ...balanced, loadBalancerScheme: "internet-facing" }), refused);
        assert.deepEqual(problems({ ...balanced, loadBalancerController: "other" }), refused);
        const allowed = { ...balanced, loadBalancerScheme: "internet-facing", allowPlainHttp: true } as const;
        assert.deepEqual(problems(allowed), []);
        assert.match(check({ ...balanced, loadBalancerScheme: "internet-facing" })[0]!.fix, /tlsCertificateArn/);
        assert.deepEqual(problems(albIngress), ["allowPlainHttp: no certificate, with edge ingress"]);
        assert.deepEqual(problems(ownGateway), ["allowPlainHttp: no certificate, with edge gateway"]);
    });

    it("has one certificate, of a kind that the edge takes", () => {
        assert.deepEqual(problems({ ...ownGateway, tlsSecret: "ours", tlsIssuer: "Issuer/own" }), [
            "tlsSecret: tlsSecret and tlsIssuer",
        ]);
        assert.deepEqual(problems({ ...ownGateway, tlsSecret: "ours", allowPlainHttp: true }), [
            "tlsSecret: tlsSecret and allowPlainHttp",
        ]);
        assert.deepEqual(problems({ ...ownGateway, tlsCertificateArn: arn }), [
            "tlsCertificateArn: tlsCertificateArn, with edge gateway",
        ]);
        const other = { ...balanced, loadBalancerController: "other", tlsCertificateArn: arn } as const;
        assert.deepEqual(problems(other), ["tlsCertificateArn: tlsCertificateArn, with edge loadBalancer"]);
        assert.deepEqual(problems({ ...balanced, tlsSecret: "ours" }), ['tlsSecret: "ours", with edge loadBalancer']);
        for (const tlsIssuer of ["letsencrypt", "Vault/x", "Issuer/"]) {
            assert.equal(check({ ...ownGateway, tlsIssuer })[0]!.key, "tlsIssuer");
        }
        assert.equal(check({ ...balanced, tlsCertificateArn: "arn:aws:iam::1:server-certificate/x" }).length, 1);
        assert.deepEqual(problems({ ...traefikIngress, allowPlainHttp: true, hstsSeconds: 60 }), [
            "hstsSeconds: 60, without TLS",
        ]);
    });
});
