import assert from "node:assert/strict";
import fc from "fast-check";
import type { JustDbCloudArgs } from "../../../../components";
import { resolve } from "../../../../components/config/resolve";
import { quota } from "../../../../components/namespace/quota";
import { demands } from "../../../../components/parts";

const of = (args: JustDbCloudArgs) => quota(demands(resolve(args, "justdb")));
const external: JustDbCloudArgs = {
    postgresMode: "external",
    postgresHost: "db.example.com",
    postgresCidrs: ["10.0.0.0/24"],
    postgresExistingSecret: "db",
    redisMode: "external",
    redisHost: "cache.example.com",
    redisCidrs: ["10.0.0.0/24"],
    redisExistingSecret: "cache",
};

describe("quota", () => {
    it("counts every pod of prod, with head room: ten of the app, three that come or go, migrations, a backup, a restore, metrics, a drill, three instances, two Jobs for them, Redis, the doctor, eight Jobs that try credentials", () => {
        assert.deepEqual(of({}), {
            pods: String(13 + 1 + 3 + 1 + 5 + 1 + 1 + 8 + 120),
            persistentvolumeclaims: String(4 + 3 + 1 + 20),
        });
    });

    it("counts nothing for parts that are elsewhere", () => {
        // One of Redis tries it. A drill that runs, and the last good and the last failed one: their volumes go with their pods.
        assert.deepEqual(of(external), {
            pods: String(13 + 1 + 3 + 1 + 1 + 1 + 8 + 120),
            persistentvolumeclaims: String(3 + 20),
        });
    });

    it("counts the exporter of Redis, be Redis here or elsewhere", () => {
        for (const args of [{}, external]) {
            assert.equal(Number(of({ ...args, redisMetrics: true }).pods), Number(of(args).pods) + 1);
        }
    });

    it("holds neither CPU nor memory nor sizes: a smaller limit would wait for room that the pods with the larger one take", () => {
        assert.deepEqual(Object.keys(of({ appCpuLimit: "1" })), ["pods", "persistentvolumeclaims"]);
    });

    it("has room for all that is left of any other settings, while the new ones are rolled out", () => {
        const replicas = fc.integer({ min: 1, max: 100 });
        const instances = fc.integer({ min: 1, max: 9 });
        fc.assert(
            fc.property(replicas, replicas, instances, instances, (oldMost, newMost, oldInstances, newInstances) => {
                const settings = { appReplicas: 1, appMaxReplicas: newMost, postgresInstances: newInstances };
                const { pods, persistentvolumeclaims } = of(settings);
                // What runs, one more of the app for the roll-out, one job of the database, and one of each other kind.
                assert.ok(
                    Number(pods) >= Math.max(oldMost, newMost) + 1 + Math.max(oldInstances, newInstances) + 1 + 6,
                );
                assert.ok(Number(persistentvolumeclaims) >= Math.max(oldInstances, newInstances) + 1 + 1 + 3);
            }),
        );
    });
});
