import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { rules } from "../../../../policy/rules";
import { albIngress, arn, ownGateway } from "../../../support/edges";
import { plan } from "../../../support/mocks";
import { judged } from "../../../support/policy/judge";

const gateway: JustDbCloudArgs = { ...ownGateway, tlsSecret: "ours" };
const analysisPrometheus = "http://prometheus.monitoring.svc:9090";

const deliveries: Record<string, JustDbCloudArgs> = {
    "a canary that is judged": { delivery: "canary", analysisPrometheus },
    "a canary by an HTTPRoute": { ...gateway, delivery: "canary", canaryTraffic: "gatewayApi" },
    "a canary by a TraefikService": { ...gateway, delivery: "canary", canaryTraffic: "traefik" },
    "a canary by a load balancer": {
        ...albIngress,
        tlsCertificateArn: arn,
        delivery: "canary",
        canaryTraffic: "alb",
    },
    "blue-green": { delivery: "blueGreen", blueGreenPromotion: "manual", analysisPrometheus },
};

const mandatory = rules.filter(({ level }) => level === "mandatory");

describe("the policy pack, of each delivery", () => {
    for (const [title, args] of Object.entries(deliveries)) {
        it(`has nothing against ${title}`, async () => {
            const { resources } = await plan(args);
            // Mocks do not mark secrets, and render no chart.
            const objects = resources
                .filter(({ type }) => type.startsWith("kubernetes:") && !/:Secret$|:Chart$/.test(type))
                .map(({ type, name, inputs }) => ({ type, name, props: inputs }));
            const found = mandatory.flatMap((rule) =>
                judged(rule, objects).violations.map((said) => `${rule.name}: ${said}`),
            );
            assert.deepEqual(found, []);
        });
    }
});
