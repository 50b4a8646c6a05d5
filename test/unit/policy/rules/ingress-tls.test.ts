import assert from "node:assert/strict";
import { ingressTls } from "../../../../policy/rules/ingress-tls";
import { breaks } from "../../../support/policy/breaks/ingress-tls";
import { goodIngress } from "../../../support/policy/breaks/ingress-host";
import { balanced, goodService } from "../../../support/policy/breaks/network-exposed-services";
import { type Given, judged, type Props, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(ingressTls, breaks);

const violations = (given: Given) => judged(ingressTls, given).violations;

function ingress(spec: Props, annotations: Props = {}): Given {
    const given = goodIngress();
    return { ...given, props: { metadata: { annotations }, spec: { ...(given.props.spec as Props), ...spec } } };
}

const gateway = (...listeners: Props[]): Given => ({
    type: "kubernetes:gateway.networking.k8s.io/v1:Gateway",
    props: { spec: { listeners: listeners.map((listener, index) => ({ name: `it${index}`, ...listener })) } },
});

describe("ingress-tls", () => {
    it("takes a wildcard for one label of a host", () => {
        const tls = [{ hosts: ["*.example.com"], secretName: "wild" }];
        assert.deepEqual(
            violations(ingress({ tls, rules: [{ host: "app.example.com" }, { host: "*.example.com" }] })),
            [],
        );
        const found = violations(ingress({ tls, rules: [{ host: "a.b.example.com" }, { host: "example.com" }] }));
        assert.equal(found.length, 2);
    });

    it("takes an entry without hosts for every host", () => {
        assert.deepEqual(violations(ingress({ tls: [{ secretName: "any" }] })), []);
    });

    it("asks for a certificate where there are no rules, or rules without a host", () => {
        assert.equal(violations(ingress({ tls: undefined, rules: undefined, defaultBackend: {} })).length, 1);
        assert.equal(violations(ingress({ tls: [], rules: [{}] })).length, 1);
        assert.deepEqual(violations(ingress({ rules: [{}] })), []);
    });

    it("takes certificates that a controller has from elsewhere", () => {
        for (const annotations of [
            { "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-central-1:123456789012:certificate/1" },
            { "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]' },
            { "networking.gke.io/managed-certificates": "cert" },
            { "oci-native-ingress.oraclecloud.com/certificate-ocid": "ocid1.certificate.oc1..a" },
        ])
            assert.deepEqual(violations(ingress({ tls: undefined }, annotations)), [], JSON.stringify(annotations));
        assert.equal(
            violations(ingress({ tls: undefined }, { "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP": 80}]' }))
                .length,
            1,
        );
    });

    it("believes no certificate of a load balancer that listens for HTTP alone", () => {
        const annotations = {
            "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-central-1:123456789012:certificate/1",
            "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP": 80}]',
        };
        assert.equal(violations(ingress({ tls: undefined }, annotations)).length, 1);
    });

    it("judges the hosts that it knows", () => {
        const rules = [{ host: unknown }, { host: "other.example.com" }];
        assert.deepEqual(judged(ingressTls, ingress({ rules })), {
            violations: ["spec.rules[1].host: is not among the hosts of spec.tls; it needs a certificate"],
            unjudged: ["spec.rules[0].host"],
        });
        const tls = [{ hosts: [unknown, "app.example.com"] }];
        assert.deepEqual(judged(ingressTls, ingress({ tls })), { violations: [], unjudged: [] });
    });

    it("finds a Gateway that listens for plain HTTP alone", () => {
        assert.deepEqual(violations(gateway({ protocol: "HTTP" })), [
            "spec.listeners[it0].protocol: is HTTP, without a listener for HTTPS of the same hostname",
        ]);
        const other = { protocol: "HTTPS", hostname: "other.example.com" };
        assert.equal(violations(gateway({ protocol: "HTTP", hostname: "app.example.com" }, other)).length, 1);
        const listeners = { protocol: "HTTP", hostname: "app.example.com" };
        const patch = { ...gateway(listeners), type: "kubernetes:gateway.networking.k8s.io/v1:GatewayPatch" };
        assert.deepEqual(violations(patch), []);
    });

    it("finds a load balancer that is open to the internet and speaks plain HTTP alone", () => {
        const ports = (...of: Props[]) => violations(balanced({}, { ports: of })).length;
        assert.equal(ports({ port: 80 }), 1);
        assert.equal(ports({ port: 9000, name: "http-api" }), 1);
        assert.equal(ports({ port: 443, appProtocol: "kubernetes.io/h2c" }), 1);
        assert.equal(ports({ port: 80 }, { port: 8080 }), 2);
    });

    it("lets one be that is internal, has a certificate, has HTTPS beside HTTP, or speaks something else", () => {
        const plain = { ports: [{ port: 80 }] };
        for (const annotations of [
            { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
            { "service.beta.kubernetes.io/aws-load-balancer-ssl-cert": "arn:aws:acm:eu-central-1:1:certificate/1" },
            { "load-balancer.hetzner.cloud/http-certificates": "shop" },
        ])
            assert.deepEqual(violations(balanced(annotations, plain)), [], JSON.stringify(annotations));
        for (const ports of [
            [{ port: 80 }, { port: 443 }],
            [
                { port: 80, name: "web" },
                { port: 8444, name: "https" },
            ],
            [{ port: 80, appProtocol: "https" }],
            [{ port: 5432, name: "postgres" }],
        ])
            assert.deepEqual(violations(balanced({}, { ports })), [], JSON.stringify(ports));
        assert.deepEqual(violations(goodService(plain)), []);
        const patch = { ...balanced({}, plain), type: "kubernetes:core/v1:ServicePatch" };
        assert.deepEqual(violations(patch), []);
    });

    it("does not judge a load balancer of which the certificate or the port is not known", () => {
        const annotations = { "service.beta.kubernetes.io/aws-load-balancer-scheme": unknown };
        const open = judged(ingressTls, balanced(annotations, { ports: [{ port: 80 }] }));
        assert.deepEqual(open, {
            violations: [],
            unjudged: ['metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]'],
        });
        const port = judged(ingressTls, balanced({}, { ports: [{ port: 80 }, { port: unknown }] }));
        assert.deepEqual(port, { violations: [], unjudged: ["spec.ports[1].port"] });
    });

    it("leaves a ListenerSet, and a Gateway that takes them, to stack-plain-http", () => {
        for (const type of [
            "gateway.networking.k8s.io/v1:ListenerSet",
            "gateway.networking.x-k8s.io/v1alpha1:XListenerSet",
        ])
            assert.deepEqual(violations({ ...gateway({ protocol: "HTTP" }), type: `kubernetes:${type}` }), [], type);
        const open = gateway({ protocol: "HTTP" });
        (open.props.spec as Props).allowedListeners = { namespaces: { from: "Same" } };
        assert.deepEqual(violations(open), []);
    });

    it("takes Traefik's word that a router is for TLS alone", () => {
        const of = (annotations: Props) => violations(ingress({ tls: undefined }, annotations));
        const traefik = "traefik.ingress.kubernetes.io/router.tls";
        assert.deepEqual(of({ [traefik]: "true" }), []);
        for (const option of ["certresolver", "options", "domains.0.main"])
            assert.deepEqual(of({ [`${traefik}.${option}`]: "letsencrypt" }), [], option);
        assert.equal(of({ [traefik]: "false" }).length, 1);
        assert.equal(of({ "traefik.ingress.kubernetes.io/router.entrypoints": "websecure" }).length, 1);
    });

    it("lets a Gateway listen for HTTP beside HTTPS, and for other protocols", () => {
        const http = { protocol: "HTTP", hostname: "a.b.example.com" };
        for (const hostname of [undefined, "a.b.example.com", "*.example.com"])
            assert.deepEqual(violations(gateway(http, { protocol: "HTTPS", hostname })), [], hostname);
        assert.deepEqual(violations(gateway({ protocol: "HTTP" }, { protocol: "TLS", hostname: "x.example.com" })), []);
        assert.deepEqual(violations(gateway({ protocol: "HBONE" }, { protocol: "TCP" })), []);
    });
});
