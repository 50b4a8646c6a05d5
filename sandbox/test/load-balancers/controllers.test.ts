import assert from "node:assert/strict";
import { look } from "../../load-balancers/controllers";
import type { Api, Call } from "../../providers/kubernetes/api";

const end = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;
const annotated = (annotations: Record<string, string>) =>
    Object.fromEntries(Object.entries(annotations).map(([name, value]) => [end(name), value]));

function service(annotations: Record<string, string>, spec: object = {}, hostname?: string) {
    return {
        metadata: { name: "x", namespace: "s", uid: "a-b", resourceVersion: "1", annotations: annotated(annotations) },
        spec: {
            type: "LoadBalancer",
            sessionAffinity: "None",
            ports: [{ port: 80, nodePort: 30080, protocol: "TCP" }],
            ...spec,
        },
        status: { loadBalancer: hostname ? { ingress: [{ hostname }] } : {} },
    };
}

/** What both controllers do to a Service: its address, or what its Event says. */
async function outcome(object: ReturnType<typeof service>, looks = 1): Promise<string[]> {
    const done: string[] = [];
    const request = (path: string, { method = "GET", body }: Call = {}) => {
        if (method === "GET") return Promise.resolve({ items: [object] });
        const { status, reason, message } = body as {
            status?: { loadBalancer: { ingress: { hostname: string }[] } };
            reason?: string;
            message?: string;
        };
        done.push(status ? `${path} ${status.loadBalancer.ingress[0]!.hostname}` : `${reason}: ${message}`);
        return Promise.resolve({});
    };
    const told = new Set<string>();
    for (let i = 0; i < looks; i++) await look({ request } as unknown as Api, told);
    return done;
}

const status = "/api/v1/namespaces/s/services/x/status";
const network = [`${status} ab.elb.eu-central-1.amazonaws.com`];
const external = { type: "external", "nlb-target-type": "instance" };
const affinity = { sessionAffinity: "ClientIP" };

describe("sandbox/load-balancers", () => {
    it("give a Service an address, once", async () => {
        assert.deepEqual(await outcome(service(external)), network);
        assert.deepEqual(await outcome(service({ type: "nlb" })), network);
        assert.deepEqual(await outcome(service({})), [`${status} ab.eu-central-1.elb.amazonaws.com`]);
        assert.deepEqual(await outcome(service(external, {}, "ab.elb.eu-central-1.amazonaws.com")), []);
    });

    it("leave alone what is no load balancer, or another controller's", async () => {
        assert.deepEqual(await outcome(service({}, { type: "ClusterIP" })), []);
        assert.deepEqual(await outcome(service(external, { loadBalancerClass: "example.com/other" })), []);
        assert.deepEqual(await outcome(service({ type: "external" })), [], "external, but by no type of target");
    });

    it("tell of a refusal once for each object as it stands", async () => {
        assert.equal((await outcome(service({ type: "nlb" }, affinity), 3)).length, 1);
    });

    it("differ over affinity: the cloud provider refuses it, AWS Load Balancer Controller does not look", async () => {
        const refused =
            "SyncLoadBalancerFailed: Error syncing load balancer: failed to ensure load balancer: " +
            "unsupported load balancer affinity: ClientIP";
        assert.deepEqual(await outcome(service({ type: "nlb" }, affinity)), [refused]);
        assert.deepEqual(await outcome(service({}, affinity)), [refused]);
        assert.deepEqual(await outcome(service(external, affinity)), network);
        assert.deepEqual(
            await outcome(service({}, { ...affinity, loadBalancerClass: "service.k8s.aws/nlb" })),
            network,
        );
    });

    const classic = "x.eu-central-1.elb.amazonaws.com";
    const refusals: [title: string, object: ReturnType<typeof service>, says: RegExp][] = [
        ["another kind than before", service({ type: "nlb" }, {}, classic), /after creation for NLB/],
        [
            "attributes that the cloud provider does not know",
            service({ type: "nlb", "target-group-attributes": "stickiness.enabled=true" }),
            /"stickiness\.enabled" is not supported/,
        ],
        [
            "attributes of a classic one",
            service({ "target-group-attributes": "proxy_protocol_v2.enabled=true" }),
            /only supported for NLB/,
        ],
        ["no port", service({ type: "nlb" }, { ports: [] }), /no ports/],
        [
            "two protocols",
            service({ type: "nlb" }, { ports: [{ protocol: "TCP" }, { protocol: "UDP" }] }),
            /mixed protocol/,
        ],
        ["UDP of a classic one", service({}, { ports: [{ protocol: "UDP" }] }), /Protocol UDP/],
        [
            "a health check by no number",
            service({ type: "nlb", "healthcheck-interval": "10s" }),
            /healthcheck-interval=10s/,
        ],
        ["an address that is given", service({ type: "nlb" }, { loadBalancerIP: "10.0.0.1" }), /LoadBalancerIP/],
        ["an unknown scheme", service({ ...external, scheme: "public" }), /FailedBuildModel: .*unknown scheme: public/],
        [
            "internal, neither true nor false",
            service({ ...external, internal: "yes" }),
            /bool annotation, internal: yes/,
        ],
        ["an unknown type of address", service({ ...external, "ip-address-type": "ipv6" }), /IPAddressType: ipv6/],
        ["an address of IPv6, by a balancer of IPv4", service(external, { ipFamilies: ["IPv6"] }), /lb not dual-stack/],
        ["no port of the nodes", service(external, { ports: [{ port: 80, protocol: "TCP" }] }), /unallocated NodePort/],
        [
            "a threshold that is no number",
            service({ ...external, "healthcheck-healthy-threshold": "two" }),
            /int32 annotation/,
        ],
        ["a health check by UDP", service({ ...external, "healthcheck-protocol": "udp" }), /health check protocol udp/],
        [
            "attributes that are no pairs",
            service({ ...external, attributes: "load_balancing.cross_zone.enabled" }),
            /stringMap annotation/,
        ],
        ["a proxy protocol by port", service({ ...external, "proxy-protocol": "80" }), /proxy protocol v2/],
    ];
    for (const [title, object, says] of refusals) {
        it(`refuse ${title}`, async () => {
            const done = await outcome(object);
            assert.equal(done.length, 1);
            assert.match(done[0]!, says);
        });
    }
});
