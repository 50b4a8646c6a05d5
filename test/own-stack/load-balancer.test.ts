import assert from "node:assert/strict";
import { apply, kubectl, startLoadBalancers, stopLoadBalancers, waitFor } from "../../sandbox";
import { get } from "../support/cluster";
import { makePlan, plan, type Plan } from "../support/plan";
import { at, Resources } from "../support/resources";

const namespace = "justdb-load-balancer";

/** The Service of a plan of prod, under a name and in a namespace of this test. */
function serviceOf({ planned }: Plan, name: string): Record<string, unknown> {
    const { inputs } = new Resources(planned).get("justdb-service");
    return { ...inputs, metadata: { ...(inputs.metadata as object), name, namespace } };
}

/** Gives the cluster a Service, and returns its address. */
async function addressOf(service: Record<string, unknown>): Promise<string> {
    await apply([service]);
    const name = at(service, "metadata.name") as string;
    let address = "";
    await waitFor("the load balancer's address", 60_000, async () => {
        const found = await get("service", name, namespace);
        address = (found.status.loadBalancer.ingress?.[0]?.hostname ?? "") as string;
        return address !== "" || (await warnings(name)).join("\n");
    });
    return address;
}

async function warnings(name: string): Promise<string[]> {
    const selector = `type=Warning,involvedObject.name=${name}`;
    const answer = await kubectl(["-n", namespace, "get", "events", "--field-selector", selector, "-o", "json"]);
    return (JSON.parse(answer) as { items: { message: string }[] }).items.map(({ message }) => message);
}

/** A rolling update behind a load balancer: test/faults/alone/rolling-update.test.ts. */
describe("prod's Service, before the controllers of AWS' load balancers", () => {
    before(async () => {
        startLoadBalancers();
        await apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }]);
    });

    after(async () => {
        await kubectl(["delete", "namespace", namespace, "--wait=false"]);
        await stopLoadBalancers();
    });

    it("is taken by AWS Load Balancer Controller, affinity and all", async () => {
        const service = serviceOf(await plan("prod"), "required");
        assert.equal(at(service, "spec.sessionAffinity"), "ClientIP");
        assert.match(await addressOf(service), /\.elb\.[\w-]+\.amazonaws\.com$/);
        assert.deepEqual(await warnings("required"), []);
    });

    it("was refused by the cloud provider of EKS as version 1.0.0 made it", async () => {
        const service = serviceOf(await plan("prod"), "former");
        const prefix = "service.beta.kubernetes.io/aws-load-balancer";
        const annotations = { [`${prefix}-type`]: "nlb", [`${prefix}-scheme`]: "internet-facing" };
        await apply([{ ...service, metadata: { ...(service.metadata as object), annotations } }]);
        await waitFor("the refusal", 60_000, async () => (await warnings("former")).length > 0);
        assert.match((await warnings("former"))[0]!, /unsupported load balancer affinity: ClientIP/);
        assert.deepEqual((await get("service", "former", namespace)).status.loadBalancer, {});
    });

    it("is taken by the cloud provider of EKS where the stack says that it is there alone, with no affinity", async () => {
        const config = { "justdb-cloud:loadBalancerController": "cloud-provider-aws" };
        const service = serviceOf(await makePlan("prod", {}, config), "plain");
        assert.equal(at(service, "spec.sessionAffinity"), "None");
        assert.match(await addressOf(service), /\.elb\.[\w-]+\.amazonaws\.com$/);
        assert.deepEqual(await warnings("plain"), []);
    });
});
