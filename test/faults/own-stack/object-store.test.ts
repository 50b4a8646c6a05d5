import assert from "node:assert/strict";
import { waitFor } from "../../../sandbox";
import { apply, served } from "../../support/app";
import * as b from "../../support/backups";
import { Store } from "../../support/object-store";
import { forget, smallest, TestStack } from "../../support/test-stack";

const settings = {
    ...smallest,
};
const versions = ["1.0.0", "1.1.0"];
const seconds = (count: number) => count * 1000;

interface Deployment {
    resources: { type: string }[];
}

/** Buckets, their key and their authority are somebody else's: the stack has nothing of AWS. */
describe("an S3-compatible store that is not AWS's", () => {
    const environment = `store-${Date.now()}`;
    const store = new Store();
    let first: TestStack;
    let second: TestStack;
    const buckets = store.buckets("stored");

    before(async () => {
        await store.open();
        const stackOf = async (name: string) => {
            const stack = new TestStack(name, `justdb-${name}`, { ...settings, ...store.settings(name) });
            await store.makeBuckets(name);
            await store.giveKey(stack.namespace);
            return stack;
        };
        [first, second] = [await stackOf("stored"), await stackOf("stored-again")];
    });

    after(async () => {
        for (const stack of [second, first]) {
            await stack.destroy();
            await forget(stack.name);
        }
        await store.close();
    });

    it("stops an update by a certificate that the given authorities did not sign, before the database changes", async () => {
        await assert.rejects(
            first.up({ storageCaCertificates: store.otherCa }),
            /FAILED: the certificate of the S3 API is not signed by an authority that is known here: set storageCaCertificates/,
        );
    });

    it("stops an update where a bucket is not there", async () => {
        await assert.rejects(
            first.up({ backupsBucketName: "nobody-has-this" }),
            /FAILED: the backups bucket nobody-has-this (does not exist|cannot be listed with this key)/,
        );
    });

    it("is what the app keeps schemas in, with no resource of AWS", async () => {
        await first.up();
        for (const version of versions) assert.equal((await apply(environment, version, first.namespace)).status, 200);
        assert.equal((await store.keysOf(buckets.schemas, "schemas/")).length, versions.length);
        const state = await first.open((stack) => stack.exportStack());
        const types = (state.deployment as Deployment).resources.map(({ type }) => type);
        assert.deepEqual(
            types.filter((type) => type.startsWith("aws:") || type === "pulumi:providers:aws"),
            [],
        );
    });

    it("takes the archive of the database", async () => {
        await waitFor("a base backup and what was written since", seconds(240), async () => {
            const keys = await store.keysOf(buckets.backups, "archive/");
            const [base, wals] = [/\/base\/.*data\.tar/, /\/wals\/.*\.gz$/].map((of) =>
                keys.some((key) => of.test(key)),
            );
            return (base && wals) || `there is ${keys.length ? keys.join(" ") : "nothing"}`;
        });
    });

    it("takes backups, which another stack starts from, with buckets of its own", async () => {
        const answers = await served(environment, versions, buckets.schemas, first.namespace);
        const { complete, log } = await b.ended("justdb-backup", {}, first.namespace);
        assert.ok(complete, log);
        assert.equal((await b.listed(first.namespace)).length, 1);
        second.secrets.restoreFromSealKey = await b.sealKeyOf(first.namespace);
        await second.up({ restoreFrom: `s3://${buckets.backups}/latest` });
        const own = store.buckets("stored-again").schemas;
        assert.deepEqual(await served(environment, versions, own, second.namespace), answers);
    });
});
