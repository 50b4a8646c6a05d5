import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { rules } from "../../../../policy/rules";
import {
    albIngress,
    arn,
    balanced,
    otherIngress,
    ownGateway,
    sharedGateway,
    traefikIngress,
} from "../../../support/edges";
import { plan } from "../../../support/mocks";
import { judged } from "../../../support/policy/judge";

const secure: Record<string, JustDbCloudArgs> = {
    "an internal load balancer": balanced,
    "a load balancer for the internet": {
        ...balanced,
        loadBalancerScheme: "internet-facing",
        tlsCertificateArn: arn,
    },
    "an application load balancer": { ...albIngress, tlsCertificateArn: arn },
    "an Ingress of Traefik": { ...traefikIngress, tlsSecret: "ours" },
    "an Ingress of another controller": { ...otherIngress, tlsIssuer: "Issuer/own" },
    "a Gateway of its own": { ...ownGateway, tlsIssuer: "ClusterIssuer/letsencrypt" },
    "a listener of a Gateway": { ...sharedGateway, gatewaySection: "https" },
    "a ListenerSet": { ...sharedGateway, tlsSecret: "ours" },
};

const mandatory = rules.filter(({ level }) => level === "mandatory");

async function violations(args: JustDbCloudArgs): Promise<string[]> {
    const { resources } = await plan(args);
    const ofEdge = resources.filter(({ type }) => /Service$|Ingress$|Gateway$|ListenerSet$|HTTPRoute$/.test(type));
    return mandatory.flatMap((rule) =>
        ofEdge.flatMap(({ type, name, inputs }) =>
            judged(rule, { type, name, props: inputs }).violations.map((said) => `${rule.name}: ${name}: ${said}`),
        ),
    );
}

describe("the policy pack, of each edge", () => {
    for (const [title, args] of Object.entries(secure)) {
        it(`has nothing against ${title}`, async () => {
            assert.deepEqual(await violations(args), []);
        });
    }

    it("refuses plain HTTP, however it is allowed", async () => {
        for (const args of [traefikIngress, ownGateway]) {
            const found = await violations({ ...args, allowPlainHttp: true });
            assert.deepEqual(
                found.map((said) => said.split(":")[0]),
                ["ingress-tls"],
            );
        }
    });
});
