import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { rules } from "../../../../policy/rules";
import { anAuthority } from "../../../support/an-authority";
import { plan } from "../../../support/mocks";
import { judged } from "../../../support/policy/judge";

const stacks: Record<string, JustDbCloudArgs> = {
    "the buckets and users of a stack": {},
    "those of an archive": { postgresArchive: true, storageNoncurrentDays: 30 },
};

const key = "arn:aws:kms:eu-central-1:123456789012:key/yours";
Object.assign(stacks, {
    "buckets under a key that the stack makes": { storageEncryption: "kms" },
    "buckets under your key, and rights on others": {
        storageEncryption: "kms",
        storageKmsKeyArn: key,
        storageFormerKmsKeys: ["own"],
        restoreFrom: "s3://acme-backups/latest",
        restoreFromKmsKeyArn: key,
    },
    "buckets with a key that exists": { storageExistingSecret: "given" },
    "rights on buckets that exist": {
        storageExistingBuckets: true,
        schemasBucketName: "acme-schemas",
        backupsBucketName: "acme-backups",
    },
} satisfies typeof stacks);

/** Of a store that is not AWS's, which the stack has nothing in. */
const store: JustDbCloudArgs = {
    ...{ storageExistingBuckets: true, schemasBucketName: "acme-schemas", backupsBucketName: "acme-backups" },
    ...{
        storageEndpoint: "https://minio.example.com",
        storageCaCertificates: anAuthority,
        storageExistingSecret: "minio",
    },
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
                    inputs: Object.keys(inputs),
                }));
            assert.ok(given.length > 10);
            const found = mandatory.flatMap((rule) =>
                judged(rule, given).violations.map((said) => `${rule.name}: ${said}`),
            );
            assert.deepEqual(found, []);
        });
    }

    it("has nothing against what a store that is not AWS's adds", async () => {
        const { resources } = await plan(store);
        // Mocks do not mark secrets, and render no chart.
        const objects = resources
            .filter(({ type }) => type.startsWith("kubernetes:") && !/:Secret$|:Chart$/.test(type))
            .map(({ type, name, inputs }) => ({ type, name, props: inputs }));
        assert.ok(objects.some(({ name }) => name === "justdb-storage-reached"));
        const all = rules.filter(({ level }) => level === "mandatory");
        const found = all.flatMap((rule) => judged(rule, objects).violations.map((said) => `${rule.name}: ${said}`));
        assert.deepEqual(found, []);
    });
});
