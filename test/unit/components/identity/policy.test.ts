import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { rules } from "../../../../policy/rules";
import { plan } from "../../../support/mocks";
import { judged } from "../../../support/policy/judge";

const ways: Record<string, JustDbCloudArgs> = {
    "keys of a second generation": { appAccessKeyGeneration: 2, archiveAccessKeyGeneration: 2 },
    "roles by the cluster's tokens": {
        awsCredentials: "irsa",
        oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789",
    },
    "roles by EKS Pod Identity": { awsCredentials: "podIdentity", eksClusterName: "production" },
};

/** Those that ask one resource for what it is by itself. */
const asked = rules.filter(
    ({ name, level }) => level === "mandatory" && /^(iam|network|pod|rbac|workload)-/.test(name),
);

describe("the policy pack, of each way to credentials of AWS", () => {
    for (const [title, args] of Object.entries(ways)) {
        it(`has nothing against ${title}`, async () => {
            const { resources } = await plan(args);
            const said = asked.flatMap((rule) =>
                resources.flatMap(({ type, name, inputs }) =>
                    judged(rule, { type, name, props: inputs }).violations.map(
                        (text) => `${rule.name}: ${name}: ${text}`,
                    ),
                ),
            );
            assert.deepEqual(said, []);
        });
    }
});
