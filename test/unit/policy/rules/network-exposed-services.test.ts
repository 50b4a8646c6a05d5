import assert from "node:assert/strict";
import { networkExposedServices } from "../../../../policy/rules/network-exposed-services";
import { balanced, breaks, goodService } from "../../../support/policy/breaks/network-exposed-services";
import { type Given, judged, type Props, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(networkExposedServices, breaks);

const violations = (given: Given) => judged(networkExposedServices, given).violations;
const internal: Props[] = [
    { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
    { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" },
    { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" },
    { "networking.gke.io/load-balancer-type": "Internal" },
    { "cloud.google.com/load-balancer-type": "Internal" },
    { "service.beta.kubernetes.io/do-loadbalancer-network": "INTERNAL" },
    { "load-balancer.hetzner.cloud/disable-public-network": "true" },
    { "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": "intranet" },
    { "service.beta.kubernetes.io/cce-load-balancer-internal-vpc": "true" },
    { "service.beta.kubernetes.io/oci-load-balancer-internal": "true" },
    { "service.beta.kubernetes.io/openstack-internal-load-balancer": "true" },
    { "service.beta.kubernetes.io/scw-loadbalancer-private": "true" },
    { "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": "private" },
    { "yandex.cloud/load-balancer-type": "internal" },
    { "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid": "subnet-x" },
    { "oci-network-load-balancer.oraclecloud.com/internal": "true" },
    { "lb.stackit.cloud/internal-lb": "true" },
];

describe("network-exposed-services", () => {
    it("lets an internal load balancer do without source ranges", () => {
        for (const annotations of internal)
            assert.deepEqual(
                violations(goodService({ type: "LoadBalancer" }, annotations)),
                [],
                JSON.stringify(annotations),
            );
    });

    it("finds a load balancer whose annotation says that it is public", () => {
        for (const annotations of [
            { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" },
            { "service.beta.kubernetes.io/azure-load-balancer-internal": "false" },
            { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" },
        ])
            assert.match(
                violations(goodService({ type: "LoadBalancer" }, annotations))[0]!,
                /^spec\.loadBalancerSourceRanges: is absent/,
            );
    });

    it("goes by the scheme before the older annotation, and by what AWS' controller does without either", () => {
        const aws = "service.beta.kubernetes.io/aws-load-balancer-";
        const of = (annotations: Props, spec: Props = {}) => violations(goodService({ type: "LoadBalancer", ...spec }, annotations)).length;
        assert.equal(of({ [`${aws}scheme`]: "internet-facing", [`${aws}internal`]: "true" }), 1);
        assert.equal(of({ [`${aws}scheme`]: "internal", [`${aws}internal`]: "false" }), 0);
        for (const spec of [{ loadBalancerClass: "service.k8s.aws/nlb" }, { loadBalancerClass: "eks.amazonaws.com/nlb" }]) {
            assert.equal(of({}, spec), 0);
            assert.equal(of({ [`${aws}scheme`]: "internet-facing" }, spec), 1);
            assert.equal(of({ [`${aws}internal`]: "false" }, spec), 1);
        }
        for (const type of ["external", "nlb-ip"]) assert.equal(of({ [`${aws}type`]: type }), 0);
        assert.equal(of({ [`${aws}type`]: "nlb" }), 1);
    }); // prettier-ignore

    it("takes the networks that other annotations name, and firewalls at the provider", () => {
        const of = (annotations: Props) => violations(goodService({ type: "LoadBalancer" }, annotations)).length;
        const beta = "service.beta.kubernetes.io/";
        for (const [key, some, all] of [
            ["azure-allowed-ip-ranges", "10.0.0.0/8, 192.168.0.0/16", "0.0.0.0/0"],
            ["azure-allowed-service-tags", "AzureFrontDoor.Backend", "Internet"],
            ["do-loadbalancer-allow-rules", "cidr:203.0.113.0/24,ip:198.51.100.7", "cidr:0.0.0.0/0"],
            ["linode-loadbalancer-firewall-acl", '{"allowList": {"ipv4": ["203.0.113.0/24"]}}', '{"allowList": {"ipv4": ["0.0.0.0/0"]}}'],
        ] as const) {
            assert.equal(of({ [`${beta}${key}`]: some }), 0, key);
            assert.equal(of({ [`${beta}${key}`]: all }), 1, key);
        }
        assert.equal(of({ "kubernetes.civo.com/firewall-id": "a1" }), 0);
    }); // prettier-ignore

    it("knows the classes of load balancers that are internal", () => {
        const of = (loadBalancerClass: string) => violations(goodService({ type: "LoadBalancer", loadBalancerClass })).length;
        assert.deepEqual(["networking.gke.io/l4-regional-internal", "tailscale"].map(of), [0, 0]);
        assert.deepEqual(["networking.gke.io/l4-regional-external", "metallb.io/metallb"].map(of), [1, 1]);
    }); // prettier-ignore

    it("finds source ranges that security groups of one's own make void", () => {
        const aws = "service.beta.kubernetes.io/aws-load-balancer-";
        for (const [key, value] of [
            ["security-groups", "sg-0123"],
            ["disable-nlb-sg", "true"],
        ] as const) {
            const [found] = violations(balanced({ [`${aws}${key}`]: value }));
            assert.match(found!, /void/);
            assert.deepEqual(violations(balanced({ [`${aws}${key}`]: value, [`${aws}scheme`]: "internal" })), []);
            const none = goodService({ type: "LoadBalancer" }, { [`${aws}${key}`]: value });
            assert.match(violations(none)[0]!, /^spec\.loadBalancerSourceRanges: is absent/);
        }
        assert.deepEqual(violations(balanced({ [`${aws}extra-security-groups`]: "sg-0123" })), []);
        const lists = { [`${aws}security-group-prefix-lists`]: "pl-0123" };
        assert.deepEqual(violations(goodService({ type: "LoadBalancer" }, lists)), []);
    });

    it("lets a load balancer of a private network be", () => {
        assert.deepEqual(violations(goodService({ type: "LoadBalancer", loadBalancerClass: "tailscale" })), []);
        assert.equal(violations(goodService({ type: "LoadBalancer", loadBalancerClass: "example.com/lb" })).length, 1);
    });

    it("lets other types of Service be", () => {
        for (const spec of [
            {},
            { type: "ClusterIP" },
            { clusterIP: "None" },
            { type: "ExternalName", externalName: "db.example.com" },
            { externalIPs: [] },
        ])
            assert.deepEqual(violations(goodService(spec)), [], JSON.stringify(spec));
    });

    it("judges a load balancer as the API server gives it back", () => {
        const spec = { nodePort: 30000, clusterIP: "10.0.0.1", allocateLoadBalancerNodePorts: true };
        const service = balanced({}, spec);
        service.props.status = { loadBalancer: { ingress: [{ ip: "203.0.113.9" }] } };
        assert.deepEqual(violations(service), []);
    });

    it("says every problem of a Service", () => {
        const found = violations(goodService({ type: "NodePort", externalIPs: ["203.0.113.7"] }));
        assert.equal(found.length, 2);
        const result = judged(networkExposedServices, goodService({ type: unknown, externalIPs: ["203.0.113.7"] }));
        assert.equal(result.violations.length, 1);
        assert.ok(result.unjudged.includes("spec.type"));
    });
});
