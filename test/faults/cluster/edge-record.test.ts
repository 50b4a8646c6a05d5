import assert from "node:assert/strict";
import {
    startExternalDns,
    startLoadBalancers,
    stopExternalDns,
    stopLoadBalancers,
    stopTraefik,
    waitFor,
} from "../../../sandbox";
import { certificateOf } from "../../support/certificate";
import { createZone, recordsOf, removeZone } from "../../support/dns";
import { EdgeLab, gateway, host } from "../../support/edge-lab";
import { forget, type Config } from "../../support/test-stack";

const zone = "example.com";
const foreign = `other.${zone}`;
const lab = new EdgeLab("edge-record");
const { stack } = lab;

const named: Config = { host, allowPlainHttp: "true", externalDns: "true" };
const edges: [title: string, config: Config, types: string[]][] = [
    ["an Ingress", { ...named, edge: "ingress", ingressClass: "traefik", ingressController: "traefik" }, ["CNAME"]],
    ["a Gateway", { ...gateway, ...named }, ["CNAME"]],
    [
        "the Service of a load balancer",
        {
            ...named,
            edge: "loadBalancer",
            loadBalancerSourceRanges: '["192.0.2.0/24"]',
            // Behind a load balancer pods drain for longer, which would only take time here.
            loadBalancerController: "other",
            sessionAffinity: "None",
            drainSeconds: "10",
        },
        // The aliases of AWS' own load balancers.
        ["A", "AAAA"],
    ],
];

describe("an edge whose record external-dns writes", function () {
    this.timeout(2_400_000);
    let id: string;

    before(async () => {
        await stack.up();
        await lab.startTraefik((await certificateOf(host)).authority);
        await startExternalDns(zone);
        startLoadBalancers();
    });

    // One for each: moto takes no record a second time.
    beforeEach(async () => {
        id = await createZone(zone, foreign);
    });

    afterEach(() => removeZone(id));

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await stopLoadBalancers();
        await stopExternalDns();
        await stopTraefik();
    });

    /** Waits until the zone has these records, apart from those by which external-dns knows its own. */
    const become = async (expected: string[]) => {
        let records: string[] = [];
        await waitFor("the records", 60_000, async () => {
            records = await recordsOf(id);
            const others = records.filter((record) => !record.startsWith("TXT "));
            return others.sort().join() === expected.join() || records.join(", ");
        });
        return records;
    };

    for (const [title, config, types] of edges) {
        it(`has it written from ${title}, no other one, and taken away with the edge`, async () => {
            assert.deepEqual(await become([`A ${foreign}`]), [`A ${foreign}`]);
            await stack.up(config);
            const records = await become([...types.map((type) => `${type} ${host}`), `A ${foreign}`].sort());
            for (const record of records)
                assert.ok(
                    [foreign, host].some((name) => record.endsWith(name)),
                    record,
                );
            await stack.up();
            await become([`A ${foreign}`]);
        });
    }
});
