// A volume of its own size, which can really be filled, for one claim.
import * as fs from "node:fs";
import * as path from "node:path";
import { apply, kubectl, nodeName, run, runDir } from "../../sandbox";

const name = "small-volume";
const folder = path.join(runDir, "volumes", name);
const filler = path.join(folder, "filler");

/** In memory, as no other kind is full at its size. */
export async function makeSmallVolume(size: string, claim: { namespace: string; name: string }): Promise<void> {
    fs.mkdirSync(folder, { recursive: true });
    await run("mount", ["-t", "tmpfs", "-o", `size=${size},mode=777`, "tmpfs", folder]);
    const ofThisNode = { key: "kubernetes.io/hostname", operator: "In", values: [nodeName] };
    const spec = {
        storageClassName: "standard",
        capacity: { storage: "100Gi" },
        accessModes: ["ReadWriteOnce"],
        persistentVolumeReclaimPolicy: "Retain",
        claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", ...claim },
        local: { path: folder },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [ofThisNode] }] } },
    };
    await apply([{ apiVersion: "v1", kind: "PersistentVolume", metadata: { name }, spec }]);
}

/** Leaves so little of it, as a part of all. */
export async function fillSmallVolume(left: number): Promise<void> {
    const { bavail, blocks, bsize } = fs.statfsSync(folder);
    await run("fallocate", ["-l", String(Math.floor((bavail - left * blocks) * bsize)), filler]);
}

export const emptySmallVolume = () => Promise.resolve(fs.rmSync(filler, { force: true }));

/** Once nothing has it any more. */
export async function removeSmallVolume(): Promise<void> {
    await kubectl(["delete", "pv", name, "--ignore-not-found", "--wait"]);
    if (fs.existsSync(folder)) await run("umount", [folder]);
}
