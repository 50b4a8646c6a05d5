// Volumes: a pool of folders that any claim may take. A released volume is not given out again, so the pool is topped up.
import * as fs from "node:fs";
import * as path from "node:path";
import { runDir } from "../../lib/paths";
import { apply, kubectl } from "../kubectl";

const storageClass = "standard";
const poolSize = 12;

const storageClassObject = {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: storageClass, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: "kubernetes.io/no-provisioner",
    volumeBindingMode: "WaitForFirstConsumer",
};

function volume(name: string): object {
    const folder = path.join(runDir, "volumes", name);
    fs.mkdirSync(folder, { recursive: true });
    // kubelet gives a hostPath volume to no group, and every pod here runs as a user of its own.
    fs.chmodSync(folder, 0o777);
    return {
        apiVersion: "v1",
        kind: "PersistentVolume",
        metadata: { name },
        spec: {
            storageClassName: storageClass,
            capacity: { storage: "100Gi" },
            accessModes: ["ReadWriteOnce"],
            persistentVolumeReclaimPolicy: "Retain",
            hostPath: { path: folder },
        },
    };
}

/** Makes as many volumes as are missing of a full pool. */
export async function ensureVolumes(): Promise<void> {
    const phases = await kubectl(["get", "pv", "-o", 'jsonpath={range .items[*]}{.status.phase}{"\\n"}{end}']);
    const all = phases.split("\n").filter((phase) => phase !== "");
    const missing = poolSize - all.filter((phase) => phase === "Available").length;
    const names = Array.from({ length: Math.max(0, missing) }, (_, i) => `volume-${all.length + i + 1}`);
    await apply([storageClassObject, ...names.map(volume)]);
}
