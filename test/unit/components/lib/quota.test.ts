import assert from "node:assert/strict";
import fc from "fast-check";
import type { JustDbCloudArgs } from "../../../../components";
import { quota } from "../../../../components/lib/quota";
import { bytes, formatMillicores, millicores } from "../../../../components/lib/units";
import { resolve } from "../../../../components/resolve";

describe("quota", () => {
    it("admits every pod of prod: ten app pods, three that come or go, migrations, a backup, a restore, a drill, its metrics, three instances, each with what archives, one job, Redis", () => {
        const hard = quota(resolve({}, "justdb"));
        assert.equal(hard.pods, "23");
        assert.equal(hard.persistentvolumeclaims, "8");
        assert.equal(hard["limits.memory"], `${13 * 2048 + 512 + 3 * 512 + 192 + 4 * 2048 + 3 * 512 + 256}Mi`);
        assert.equal(hard["requests.cpu"], formatMillicores(13 * 500 + 100 + 3 * 100 + 10 + 4 * 500 + 3 * 50 + 50));
    });

    it("has room for the recovery from an archive, even where none is written", () => {
        const memory = (args: JustDbCloudArgs) => bytes(quota(resolve(args, "justdb"))["limits.memory"]!)! / 2 ** 20;
        const plain = memory({ environment: "dev" });
        const restoreFrom = "s3://acme-backups/justdb-db-0123abcd/latest";
        assert.equal(memory({ environment: "dev", restoreFrom }), plain + 512);
        assert.equal(memory({ environment: "dev", postgresArchive: true }), plain + 512);
        // The job has ended before there is an instance.
        assert.equal(memory({ environment: "dev", postgresArchive: true, restoreFrom }), plain + 512);
    });

    it("is always large enough for the autoscaler's maximum and the surge", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 9 }), (most, instances) => {
                const settings = resolve(
                    { appReplicas: 1, appMaxReplicas: most, postgresInstances: instances },
                    "justdb",
                );
                const hard = quota(settings);
                const app = most + 1;
                assert.ok(Number(hard.pods) >= app + instances + 1);
                assert.ok(
                    millicores(hard["limits.cpu"]!)! >=
                        app * millicores(settings.appCpuLimit)! +
                            instances * millicores(settings.postgresCpuLimit)! +
                            500,
                );
                assert.ok(
                    bytes(hard["limits.memory"]!)! >=
                        app * bytes(settings.appMemoryLimit)! +
                            instances * bytes(settings.postgresMemory)! +
                            bytes(settings.redisMemory)!,
                );
            }),
        );
    });

    it("leaves no room for parts that are elsewhere", () => {
        const hard = quota(
            resolve(
                {
                    postgresMode: "external",
                    postgresHost: "db.example.com",
                    postgresCidrs: ["10.0.0.0/24"],
                    postgresExistingSecret: "db",
                    redisMode: "external",
                    redisHost: "cache.example.com",
                    redisCidrs: ["10.0.0.0/24"],
                    redisExistingSecret: "cache",
                },
                "justdb",
            ),
        );
        assert.equal(hard.pods, "18");
        // A drill that runs, and the last good and the last failed one: their volumes go with their pods.
        assert.equal(hard.persistentvolumeclaims, "3");
    });
});
