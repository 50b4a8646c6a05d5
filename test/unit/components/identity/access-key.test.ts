import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { waysOf } from "../../../support/policies";

const source = "s3://acme-backups/justdb-db-89abcdef/latest";

/** By setting: what begins the names of its children, the Secret, and who runs with it. */
const keys: [setting: keyof JustDbCloudArgs, prefix: string, secret: string, child: string, users: string[]][] = [
    ["appAccessKeyGeneration", "", "aws-credentials", "aws-credentials", ["deployment"]],
    ["backupAccessKeyGeneration", "backup-", "justdb-backup", "backup-credentials", ["backup", "migrations"]],
    [
        "backupAccessKeyGeneration",
        "backup-metrics-",
        "justdb-backup-metrics",
        "backup-metrics-credentials",
        ["backup-metrics"],
    ],
    ["restoreAccessKeyGeneration", "restore-", "justdb-restore", "restore-credentials", ["restore"]],
    [
        "restoreAccessKeyGeneration",
        "restore-from-",
        "justdb-restore-from",
        "restore-from-credentials",
        ["restore-from"],
    ],
    [
        "restoreAccessKeyGeneration",
        "archive-source-",
        "justdb-archive-source",
        "archive-source-credentials",
        ["archive-source"],
    ],
    ["drillAccessKeyGeneration", "drill-", "justdb-drill", "drill-credentials", ["drill"]],
    ["archiveAccessKeyGeneration", "archive-", "justdb-archive", "archive-credentials", ["archive"]],
];

/** The Secrets that a resource takes an access key from. */
function secretsOf(made: Plan, name: string): string[] {
    const found: string[] = [];
    JSON.stringify(made.get(name).inputs, (_, value: { key?: string; name?: string } | undefined) => {
        if (value?.key === "aws-access-key-id") found.push(value.name!);
        return value;
    });
    return found;
}

describe("the generation of an access key", () => {
    let first: Plan;
    before(async () => {
        first = await plan({ restoreFrom: source });
    });

    for (const [setting, prefix, secret, child, users] of keys) {
        it(`${setting} makes a new ${secret}, which all that uses it names`, async () => {
            const made = await plan({ restoreFrom: source, [setting]: 2 });
            const at = (name: string) => `justdb-${prefix}${name}`;
            assert.equal(made.at(at("access-key-2"), "status"), "Active");
            assert.equal(made.at(at("user-2"), "forceDestroy"), true);
            assert.equal(made.at(`justdb-${child}-2`, "metadata.name"), `${secret}-2`);
            assert.equal(made.has(`justdb-${child}`), false, "the former Secret goes last of all");
            for (const user of users) {
                assert.deepEqual(secretsOf(made, `justdb-${user}`), [`${secret}-2`], user);
                assert.ok(waitsFor(made.get(`justdb-${user}`), at("key-2-accepted")), `${user} waits for the trial`);
            }
        });

        it(`${setting} refuses the former ${secret} when nothing uses it any more`, async () => {
            const made = await plan({ restoreFrom: source, [setting]: 2 });
            const former = `justdb-${prefix}access-key`;
            assert.equal(made.at(former, "status"), "Inactive");
            assert.ok(waitsFor(made.get(former), "justdb-keys-unused"));
            for (const user of users) assert.ok(waitsFor(made.get("justdb-keys-unused"), `justdb-${user}`), user);
            const policy = `justdb-${prefix}user-policy`;
            assert.deepEqual(made.at(policy, "policy"), first.at(policy, "policy"));
        });
    }

    it("has no former one at first, and asks for nothing of one", () => {
        assert.equal(first.has("justdb-keys-unused"), false);
        const all = first.all("aws:iam/accessKey:AccessKey");
        assert.deepEqual([...new Set(all.map(({ inputs }) => inputs.status))], ["Active"]);
        assert.ok(!first.names().some((name) => /-\d+$/.test(name)));
    });

    it("is waited for by a pod that may ask the Kubernetes API, which is there only then", () => {
        assert.deepEqual(waysOf({}, "keys-unused"), []);
        for (const args of [{ drillAccessKeyGeneration: 2 }, { redisPasswordGeneration: 2 }]) {
            assert.ok(waysOf(args, "keys-unused").includes("keys-unused > 0.0.0.0/0 but 169.254.0.0/16 :443,6443"));
        }
    });

    it("keeps the former one and none before it", async () => {
        const made = await plan({ appAccessKeyGeneration: 3 });
        const names = made.all("aws:iam/accessKey:AccessKey").map(({ name }) => name);
        assert.deepEqual(
            names.filter((name) => /^justdb-access-key/.test(name)),
            ["justdb-access-key-3", "justdb-access-key-2"],
        );
        assert.equal(made.outputs.awsCredentialsSecretName, "aws-credentials-3");
    });

    it("leaves the other keys alone", async () => {
        const made = await plan({ appAccessKeyGeneration: 2 });
        assert.equal(made.has("justdb-backup-user-2"), false);
        assert.deepEqual(secretsOf(made, "justdb-backup"), ["justdb-backup"]);
    });

    it("is of a user of its own, which is kept only while it is the archive's current one", async () => {
        const made = await plan({ archiveAccessKeyGeneration: 2 });
        const kept = (name: string) => made.get(name).retainOnDelete;
        for (const name of ["user", "user-policy", "access-key"]) {
            assert.deepEqual([kept(`justdb-archive-${name}-2`), kept(`justdb-archive-${name}`)], [true, false], name);
        }
    });

    it("is tried from the first on where a pod takes the first refusal for an answer", () => {
        const tried = first.names().filter((name) => /key(-\d+)?-accepted$/.test(name));
        assert.deepEqual(tried, [
            "justdb-archive-key-accepted",
            "justdb-archive-source-key-accepted",
            "justdb-key-accepted",
        ]);
        assert.ok(waitsFor(first.get("justdb-deployment"), "justdb-key-accepted"));
        assert.ok(waitsFor(first.get("justdb-archive"), "justdb-archive-key-accepted"));
    });

    it("has users with the path and the boundary of the settings", async () => {
        const iamPermissionsBoundary = "arn:aws:iam::123456789012:policy/developers";
        const made = await plan({ iamPath: "/", iamPermissionsBoundary });
        for (const { inputs } of made.all("aws:iam/user:User")) {
            assert.deepEqual([inputs.path, inputs.permissionsBoundary], ["/", iamPermissionsBoundary]);
        }
        assert.equal(first.at("justdb-user", "path"), "/justdb/");
        assert.equal(first.at("justdb-user", "permissionsBoundary"), undefined);
    });
});
