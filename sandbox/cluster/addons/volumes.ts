// Volumes: a pool of folders that any claim may take. A released volume is given out again when nothing is left in it, as after a
// drill. Others are not, so the pool is topped up.
import * as fs from "node:fs";
import * as path from "node:path";
import { runDir } from "../../../tools/lib/paths";
import { nodeName } from "../addresses";
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

const folderOf = (name: string) => path.join(runDir, "volumes", name);

function volume(name: string): object {
    const folder = folderOf(name);
    fs.mkdirSync(folder, { recursive: true });
    // Not every pod asks for its group to be given the volume, and each runs as a user of its own.
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
            // Unlike a hostPath, the kubelet tells how full it is.
            local: { path: folder },
            nodeAffinity: {
                required: {
                    nodeSelectorTerms: [
                        { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [nodeName] }] },
                    ],
                },
            },
        },
    };
}

interface Volume {
    metadata: { name: string };
    status: { phase: string };
}

function isEmpty(name: string): boolean {
    return fs.existsSync(folderOf(name)) && fs.readdirSync(folderOf(name)).length === 0;
}

/** Makes as many volumes as are missing of a full pool. */
export async function ensureVolumes(): Promise<void> {
    const { items: all } = JSON.parse(await kubectl(["get", "pv", "-o", "json"])) as { items: Volume[] };
    const free = all.filter(({ status }) => status.phase === "Available").length;
    const empty = all.filter(({ metadata, status }) => status.phase === "Released" && isEmpty(metadata.name));
    const forget = '[{"op": "remove", "path": "/spec/claimRef"}]';
    for (const { metadata } of empty) await kubectl(["patch", "pv", metadata.name, "--type=json", "-p", forget]);
    const missing = poolSize - free - empty.length;
    const names = Array.from({ length: Math.max(0, missing) }, (_, i) => `volume-${all.length + i + 1}`);
    await apply([storageClassObject, ...names.map(volume)]);
}
