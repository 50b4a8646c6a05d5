import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { rules } from "../../../../policy/rules";
import { plan } from "../../../support/mocks";
import { judged } from "../../../support/policy/judge";

const stacks: Record<string, JustDbCloudArgs> = {
    "the buckets and users of a stack": {},
    "those of an archive": { postgresArchive: true, storageNoncurrentDays: 30 },
};

const mandatory = rules.filter(
    ({ name, level }) => level === "mandatory" && /^(?:s3|iam|kms|stack-contested)-/.test(name),
);

describe("the policy pack, of what is in AWS", () => {
    for (const [title, args] of Object.entries(stacks)) {
        it(`has nothing against ${title}`, async () => {
            const { resources } = await plan(args);
            const given = resources
                .filter(({ type }) => type.startsWith("aws:"))
                .map(({ type, name, inputs }) => ({
                    type,
                    name,
                    // The name that the provider would make.
                    props: type.startsWith("aws:s3/bucket:") ? { bucket: `${name}-0123456`, ...inputs } : inputs,
                    dependencies: Object.fromEntries(Object.keys(inputs).map((key) => [key, []])),
                }));
            assert.ok(given.length > 10);
            const found = mandatory.flatMap((rule) =>
                judged(rule, given).violations.map((said) => `${rule.name}: ${said}`),
            );
            assert.deepEqual(found, []);
        });
    }
});
