import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { actions } from "../../../../tools/doctor/actions";
import { planned } from "../../../../tools/doctor/planned";
import { plan } from "../../../support/mocks";

const kindsOf = async (args: JustDbCloudArgs) =>
    (await planned(args, "justdb-cloud", "test")).kinds.map(({ apiVersion, kind, namespace }) =>
        `${apiVersion}/${kind} ${namespace}`.trim(),
    );

describe("the rights that an update takes", () => {
    it("are those of what the program makes, where it makes it", async () => {
        const kinds = await kindsOf({ delivery: "canary" });
        for (const kind of [
            "v1/Namespace",
            "v1/Secret justdb-cloud",
            "networking.k8s.io/v1/NetworkPolicy justdb-cloud",
            "postgresql.cnpg.io/v1/Cluster justdb-cloud",
            "argoproj.io/v1alpha1/Rollout justdb-cloud",
        ]) {
            assert.ok(kinds.includes(kind), kind);
        }
        assert.equal(new Set(kinds).size, kinds.length);
        assert.ok(!(await kindsOf({ createNamespace: false })).includes("v1/Namespace"));
    });

    it("are those of the operator too, where the stack installs it", async () => {
        const definitions = "apiextensions.k8s.io/v1/CustomResourceDefinition";
        assert.ok(!(await kindsOf({})).includes(definitions));
        const kinds = await kindsOf({ postgresInstallOperator: true });
        for (const kind of [definitions, "apps/v1/Deployment cnpg-system"]) assert.ok(kinds.includes(kind), kind);
    });

    it("are known for each type of AWS that the program makes", async () => {
        const kms: JustDbCloudArgs = { storageEncryption: "kms" };
        const roles: JustDbCloudArgs = { awsCredentials: "podIdentity", eksClusterName: "production" };
        const plans = [await plan(kms), await plan(roles)];
        const types = plans.flatMap(({ resources }) => resources.map(({ type }) => type));
        const ofAws = types.filter((type) => type.startsWith("aws:"));
        assert.deepEqual([...new Set(ofAws)].sort(), Object.keys(actions).sort());
        const calls = [
            ...(await planned({ ...kms, schemasBucketName: "acme-schemas" }, "justdb-cloud", "test")).calls,
            ...(await planned(roles, "justdb-cloud", "test")).calls,
        ];
        const known = new Set(calls.flatMap((one) => one.actions));
        assert.deepEqual([...known].sort(), Object.values(actions).flat().sort());
        const resources = calls.map(({ resource }) => resource);
        for (const resource of [
            "arn:{partition}:s3:::acme-schemas",
            "arn:{partition}:s3:::justdb-backups-0123456",
            "arn:{partition}:iam::{account}:user/justdb/justdb-backup-user-0123456",
            "arn:{partition}:iam::{account}:role/justdb-backup-role-0123456",
        ]) {
            assert.ok(resources.includes(resource), resource);
        }
    });
});
