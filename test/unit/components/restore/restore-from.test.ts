import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { JustDbCloudArgs } from "../../../../components";
import { undisturbed } from "../../../../components/lib/job";
import { quota } from "../../../../components/namespace/quota";
import { demands } from "../../../../components/parts";
import { resolve } from "../../../../components/config/resolve";
import { plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

const pod = "spec.template.spec";
const source = "acme-justdb-backups";
const schemas = "arn:aws:s3:::justdb-schemas-0123456";
const backup = `s3://${source}/latest`;
const archive = `s3://${source}/justdb-db-0a1b2c3d/2026-01-31T04:00:00Z`;

interface Variable {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef: unknown };
}

const environmentOf = (made: Plan) =>
    Object.fromEntries(
        (made.at("justdb-restore-from", `${pod}.containers.0.env`) as Variable[]).map((variable) => [
            variable.name,
            variable.value ?? variable.valueFrom?.secretKeyRef,
        ]),
    );

const rightsOf = (made: Plan) =>
    (
        JSON.parse(made.at("justdb-restore-from-user-policy", "policy") as string) as {
            Statement: { Action: string[]; Resource: string[] }[];
        }
    ).Statement.flatMap(({ Action, Resource }) =>
        Action.flatMap((action) => Resource.map((resource) => `${action} ${resource}`)),
    ).sort();

const nameOf = async (args: JustDbCloudArgs) => (await plan(args)).at("justdb-restore-from", "metadata.name");

describe("restoreFrom", () => {
    let made: Plan;
    before(async () => {
        made = await plan({ restoreFrom: backup });
    });

    it("makes nothing where it is not set", async () => {
        const without = await plan({});
        const names = (of: Plan) => of.resources.map(({ name }) => name);
        const more = names(made).filter((name) => !names(without).includes(name));
        assert.deepEqual(more.sort(), [
            "justdb-restore-from",
            "justdb-restore-from-access-key",
            "justdb-restore-from-account",
            "justdb-restore-from-credentials",
            "justdb-restore-from-user",
            "justdb-restore-from-user-policy",
        ]);
        const others = without.resources.filter(({ name }) => name !== "justdb");
        for (const { name, inputs } of others) assert.deepEqual(made.get(name).inputs, inputs, name);
    });

    it("is a Job between the database and its changes", () => {
        const job = made.get("justdb-restore-from");
        assert.ok(job.dependencies.some((urn) => urn.includes("helm.sh/v4:Chart")));
        for (const name of [
            "justdb-network-restore",
            "justdb-operations",
            "justdb-postgres-restore",
            "justdb-restore-from-credentials",
        ]) {
            assert.ok(waitsFor(job, name), name);
        }
        assert.ok(waitsFor(made.get("justdb-migrations"), "justdb-restore-from"));
    });

    it("has a hash of what it restores in its name, and is made again when it failed", async () => {
        const name = made.at("justdb-restore-from", "metadata.name") as string;
        assert.match(name, /^justdb-restore-from-[0-9a-f]{10}$/);
        assert.equal(await nameOf({ restoreFrom: backup, appImage: "registry.example.com/cloud:2.0.0" }), name);
        assert.notEqual(await nameOf({ restoreFrom: archive }), name);
        assert.equal(made.at("justdb-restore-from", "metadata.annotations.[pulumi.com/replaceUnready]"), "true");
        assert.equal(made.at("justdb-restore-from", "spec.backoffLimit"), 0);
        assert.equal(environmentOf(made).TRIES, "3");
        assert.deepEqual(made.at("justdb-restore-from", "spec.template.metadata.annotations"), undisturbed);
    });

    it("restores a backup of the other bucket into this stack's database and schemas bucket", () => {
        assert.deepEqual(made.at("justdb-restore-from", `${pod}.containers.0.command`), [
            "python3",
            "/operations/$(OPERATION).py",
        ]);
        const env = environmentOf(made);
        assert.equal(env.OPERATION, "restore");
        assert.equal(env.FROM, "latest");
        assert.equal(env.ORIGIN, backup);
        assert.equal(env.BACKUPS_BUCKET, source);
        assert.equal(env.SCHEMAS_BUCKET, "justdb-schemas-0123456");
        assert.equal(env.PGUSER, "justdb_restore");
        assert.deepEqual(env.AWS_ACCESS_KEY_ID, { name: "justdb-restore-from", key: "aws-access-key-id" });
    });

    it("knows backups by this stack's seal, or by that of the stack that made them", async () => {
        assert.deepEqual(environmentOf(made).SEAL_KEY, { name: "justdb-backup-seal", key: "seal-key" });
        const key = "k".repeat(64);
        const given = await plan({ restoreFrom: backup, restoreFromSealKey: pulumi.secret(key) });
        assert.deepEqual(environmentOf(given).SEAL_KEY, { name: "justdb-restore-from", key: "seal-key" });
        assert.equal(given.texts("justdb-restore-from-credentials")["seal-key"], key);
        assert.deepEqual(given.get("justdb-restore-from-credentials").secrets, ["data"]);
        await assert.rejects(
            plan({ restoreFrom: backup, restoreFromSealKey: "short" }),
            /restoreFromSealKey[\s\S]*a secret of 5 characters[\s\S]*64 letters and digits/,
        );
    });

    it("brings the schemas of a database that was recovered from an archive", async () => {
        const env = environmentOf(await plan({ restoreFrom: archive }));
        assert.equal(env.OPERATION, "schemas");
        assert.equal(env.BACKUPS_BUCKET, source);
        assert.equal(env.FROM, undefined);
        assert.equal(env.ORIGIN, undefined);
    });

    it("has a key that reads the other stack's backups and writes this one's schemas", async () => {
        const rights = [
            `s3:ListBucket ${schemas}`,
            `s3:ListBucketVersions ${schemas}`,
            `s3:ListBucket arn:aws:s3:::${source}`,
            `s3:ListBucketVersions arn:aws:s3:::${source}`,
            `s3:GetObject arn:aws:s3:::${source}/backups/*`,
            `s3:GetObjectVersion arn:aws:s3:::${source}/backups/*`,
            `s3:GetObject ${schemas}/schemas/*`,
            `s3:GetObjectVersion ${schemas}/schemas/*`,
            `s3:PutObject ${schemas}/schemas/*`,
        ];
        assert.deepEqual(rightsOf(made), [...rights].sort());
        const earlier = "s3:GetObject arn:aws:s3:::justdb-schemas-*/schemas/*";
        assert.deepEqual(rightsOf(await plan({ restoreFrom: archive })), [...rights, earlier].sort());
    });

    it("runs in a pod that is restricted, bounded, and has no token, and that the rules for restores let through", () => {
        const at = (path: string) => made.at("justdb-restore-from", `${pod}.${path}`);
        assert.equal(at("serviceAccountName"), "justdb-restore-from");
        assert.equal(at("automountServiceAccountToken"), false);
        assert.equal(made.at("justdb-restore-from-account", "automountServiceAccountToken"), false);
        assert.equal(at("securityContext.runAsUser"), 26);
        assert.equal(at("containers.0.securityContext.readOnlyRootFilesystem"), true);
        assert.equal(made.at("justdb-restore-from", "spec.template.metadata.labels.app"), "justdb-restore");
    });

    it("takes its turn before the migrations, and so needs no more room than they", () => {
        const of = (args: JustDbCloudArgs) => quota(demands(resolve(args, "justdb")));
        assert.deepEqual(of({ restoreFrom: backup }), of({}));
    });
});
