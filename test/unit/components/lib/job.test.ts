import assert from "node:assert/strict";
import { at, plan } from "../../../support/mocks";

const annotations = {
    "karpenter.sh/do-not-disrupt": "true",
    "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
};

/** Where the template of a pod is in what makes pods. */
const templates: Record<string, string> = {
    "kubernetes:batch/v1:Job": "spec.template",
    "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template",
    "kubernetes:apps/v1:Deployment": "spec.template",
    "kubernetes:apps/v1:StatefulSet": "spec.template",
};

describe("an autoscaler that tidies up its nodes", () => {
    it("is asked to leave the pods of Jobs alone, and no other pod", async () => {
        const made = await plan({ restoreFrom: "s3://acme-backups/justdb-db-0a1b2c3d/latest", postgresArchive: true });
        const pods = made.resources.flatMap(({ type, name, inputs }) => {
            const template = templates[type];
            return template ? [{ name, job: type.includes(":batch/"), template: at(inputs, template) }] : [];
        });
        const jobs = pods.filter(({ job }) => job).map(({ name }) => name.replace(/^justdb-/, ""));
        assert.deepEqual(jobs.sort(), [
            "archive-key-accepted",
            "archive-source-key-accepted",
            "backup",
            "doctor",
            "drill",
            "key-accepted",
            "migrations",
            "postgres-settled",
            "restore",
            "restore-from",
            "restore-guard",
        ]);
        for (const { name, job, template } of pods) {
            for (const [key, value] of Object.entries(annotations)) {
                assert.equal(at(template, `metadata.annotations.[${key}]`), job ? value : undefined, name);
            }
        }
    });
});
