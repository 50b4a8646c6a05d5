import assert from "node:assert/strict";
import { waysOf } from "../../../support/policies";
import { resolve } from "../../../../components/config/resolve";
import { plan, secretValues, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { bucket, environmentOf, pod, rightsOf } from "../../../support/operations";

describe("drill", () => {
    let made: Plan;
    before(async () => {
        made = await plan({});
    });

    it("is made every week, never two at once, or on the schedule that is set, or only by hand", async () => {
        assert.equal(made.at("justdb-drill", "spec.schedule"), "15 8 * * 0");
        assert.equal(made.at("justdb-drill", "spec.suspend"), false);
        assert.equal(made.at("justdb-drill", "spec.concurrencyPolicy"), "Forbid");
        const daily = await plan({ drillSchedule: "@daily" });
        assert.equal(daily.at("justdb-drill", "spec.schedule"), "@daily");
        const never = await plan({ drillSchedule: "never" });
        assert.equal(never.at("justdb-drill", "spec.suspend"), true);
    });

    it("starts when the backup of its day must have ended", async () => {
        const scheduled = async (more: object) => (await plan(more)).at("justdb-drill", "spec.schedule");
        assert.equal(await scheduled({ operationsDeadlineHours: 24 }), "15 2 * * 1");
        assert.equal(await scheduled({ backupSchedule: "0 5 * * *" }), "0 11 * * 0");
        assert.equal(await scheduled({ backupSchedule: "0 */6 * * *" }), "15 8 * * 0");
        assert.equal(await scheduled({ operationsDeadlineHours: 24, drillSchedule: "@weekly" }), "@weekly");
    });

    it("has a key that reads backups and adds results, and no other", () => {
        assert.deepEqual(
            rightsOf(made, "justdb-drill-user-policy"),
            [
                `s3:ListBucket ${bucket("backups")}`,
                `s3:ListBucketVersions ${bucket("backups")}`,
                `s3:GetObject ${bucket("backups")}/backups/*`,
                `s3:GetObjectVersion ${bucket("backups")}/backups/*`,
                `s3:PutObject ${bucket("backups")}/drills/*`,
            ].sort(),
        );
        const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = environmentOf(made, "justdb-drill");
        assert.deepEqual(AWS_ACCESS_KEY_ID, { name: "justdb-drill", key: "aws-access-key-id" });
        assert.deepEqual(AWS_SECRET_ACCESS_KEY, { name: "justdb-drill", key: "aws-secret-access-key" });
        assert.deepEqual(made.get("justdb-drill-credentials").secrets, ["data"]);
        assert.equal(made.texts("justdb-drill-credentials")["aws-secret-access-key"], secretValues.accessKey);
        assert.ok(waitsFor(made.get("justdb-drill"), "justdb-drill-credentials"));
        assert.ok(waitsFor(made.get("justdb-drill"), "justdb-operations"));
    });

    it("knows neither where the live database is, nor a password, nor a way to it", () => {
        const known = Object.keys(environmentOf(made, "justdb-drill"));
        assert.deepEqual(
            known.filter((name) => name.startsWith("PG")),
            [],
        );
        const ways = waysOf({ storageEndpoint: "http://10.9.8.7:9000" }, "drill");
        assert.deepEqual(ways, ["drill > kube-system/kube-dns :53/udp,53", "drill > 10.9.8.7/32 :9000"]);
        assert.equal(made.at("justdb-drill", "spec.jobTemplate.spec.template.metadata.labels.app"), "justdb-drill");
    });

    it("restores onto a volume that is claimed for it, as large as the database's, of the same class", async () => {
        const claim = `${pod}.volumes.2.ephemeral.volumeClaimTemplate.spec`;
        assert.deepEqual(made.at("justdb-drill", claim), {
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: "20Gi" } },
        });
        const { DRILL_FOLDER } = environmentOf(made, "justdb-drill");
        assert.equal(made.at("justdb-drill", `${pod}.containers.0.volumeMounts.2.mountPath`), DRILL_FOLDER);
        const large = await plan({ postgresStorageSize: "100Gi", postgresStorageClass: "gp3" });
        assert.deepEqual(large.at("justdb-drill", claim), {
            accessModes: ["ReadWriteOnce"],
            storageClassName: "gp3",
            resources: { requests: { storage: "100Gi" } },
        });
        const own = await plan({ postgresStorageSize: "100Gi", drillStorageSize: "150Gi" });
        assert.equal(own.at("justdb-drill", `${claim}.resources.requests.storage`), "150Gi");
    });

    it("keeps no more volumes than the quota counts, and gives them back after a day", () => {
        assert.equal(made.at("justdb-drill", "spec.successfulJobsHistoryLimit"), 1);
        assert.equal(made.at("justdb-drill", "spec.failedJobsHistoryLimit"), 1);
        assert.equal(made.at("justdb-drill", "spec.jobTemplate.spec.backoffLimit"), 0);
        assert.equal(made.at("justdb-drill", "spec.jobTemplate.spec.ttlSecondsAfterFinished"), 86_400);
        assert.equal(made.at("justdb-quota", "spec.hard.persistentvolumeclaims"), String(4 + 1 + 3 + 20));
    });

    it("has a restricted pod, bounded, without a token", () => {
        assert.equal(made.at("justdb-drill", `${pod}.serviceAccountName`), "justdb-drill");
        assert.equal(made.at("justdb-drill", `${pod}.automountServiceAccountToken`), false);
        assert.equal(made.at("justdb-drill", `${pod}.securityContext.runAsUser`), 26);
        assert.equal(made.at("justdb-drill", `${pod}.containers.0.securityContext.readOnlyRootFilesystem`), true);
        assert.equal(made.at("justdb-drill", `${pod}.containers.0.resources.limits.memory`), "512Mi");
    });

    it("has its results expire like backups", () => {
        assert.deepEqual(made.at("justdb-backups-lifecycle", "rules.2"), {
            id: "expire-drills",
            status: "Enabled",
            filter: { prefix: "drills/" },
            expiration: { days: 30 },
        });
    });
});

describe("ages of backups and drills", () => {
    const ages = (args: object) => {
        const { backupMaxAgeHours, drillMaxAgeDays } = resolve(args, "justdb");
        return [backupMaxAgeHours, drillMaxAgeDays];
    };

    it("follow from the schedules", () => {
        assert.deepEqual(ages({}), [26, 8]);
        assert.deepEqual(ages({ backupSchedule: "0 */6 * * *", drillSchedule: "@monthly" }), [8, 32]);
        assert.deepEqual(ages({ backupSchedule: "never", drillSchedule: "never" }), [0, 0]);
        assert.deepEqual(ages({ backupMaxAgeHours: 48, drillMaxAgeDays: 0 }), [48, 0]);
    });

    it("reach the drill and the metrics in seconds", async () => {
        const made = await plan({});
        const variables = environmentOf(made, "justdb-backup-metrics", "spec.template.spec");
        assert.equal(environmentOf(made, "justdb-drill").BACKUP_MAX_AGE_SECONDS, String(26 * 3600));
        assert.equal(variables.BACKUP_MAX_AGE_SECONDS, String(26 * 3600));
        assert.equal(variables.DRILL_MAX_AGE_SECONDS, String(8 * 86_400));
    });

    it("are refused where each run would come too late for them", () => {
        const refused = (args: object, message: RegExp) => assert.throws(() => resolve(args, "justdb"), message);
        refused({ backupMaxAgeHours: 24 }, /backupMaxAgeHours\n.*24 hours, with backupSchedule "15 2 \* \* \*"/);
        refused({ drillMaxAgeDays: 7 }, /drillMaxAgeDays[\s\S]*more than its longest pause, 7 days; or 0/);
        refused({ drillSchedule: "every week" }, /drillSchedule[\s\S]*never, or a cron schedule/);
        resolve({ backupMaxAgeHours: 25, drillMaxAgeDays: 8 }, "justdb");
    });
});
