// Volumes that can be full, and those that can grow.
import * as fs from "node:fs";
import * as path from "node:path";
import { apply, kubectl, nodeName, run, runDir, waitFor } from "../../sandbox";
import { get } from "./cluster";

/** A StorageClass that lets its claims grow. Nobody makes volumes by it. */
export const growingStorageClass = (name: string) => ({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name },
    provisioner: "kubernetes.io/no-provisioner",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
});

/** A volume of its own size, which can really be filled, for one claim. */
export class SmallVolume {
    private readonly folder: string;
    private readonly filler: string;

    constructor(
        private readonly name: string,
        private readonly claim: { namespace: string; name: string },
        private readonly storageClassName = "standard",
    ) {
        this.folder = path.join(runDir, "volumes", name);
        this.filler = path.join(this.folder, "filler");
    }

    /** In memory, as no other kind is full at its size. What it says of itself may be more. */
    async make(size: string, capacity = size): Promise<void> {
        fs.mkdirSync(this.folder, { recursive: true });
        await run("mount", ["-t", "tmpfs", "-o", `size=${bytes(size)},mode=777`, "tmpfs", this.folder]);
        const ofThisNode = { key: "kubernetes.io/hostname", operator: "In", values: [nodeName] };
        const spec = {
            storageClassName: this.storageClassName,
            capacity: { storage: capacity },
            accessModes: ["ReadWriteOnce"],
            persistentVolumeReclaimPolicy: "Retain",
            claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", ...this.claim },
            local: { path: this.folder },
            nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [ofThisNode] }] } },
        };
        await apply([{ apiVersion: "v1", kind: "PersistentVolume", metadata: { name: this.name }, spec }]);
    }

    /** Leaves so little of it, as a part of all. */
    async fill(left: number): Promise<void> {
        const { bavail, blocks, bsize } = fs.statfsSync(this.folder);
        await run("fallocate", ["-l", String(Math.floor((bavail - left * blocks) * bsize)), this.filler]);
    }

    empty(): void {
        fs.rmSync(this.filler, { force: true });
    }

    /** Grows it once its claim asks for so much, as the driver of a cloud's volumes does. */
    async grow(size: string): Promise<void> {
        const { namespace, name } = this.claim;
        await waitFor(`the claim to ask for ${size}`, 120_000, async () => {
            const asked = (await get("pvc", name, namespace)).spec.resources.requests.storage as string;
            return asked === size || `it asks for ${asked}`;
        });
        await run("mount", ["-o", `remount,size=${bytes(size)}`, this.folder]);
        const capacity = { storage: size };
        await kubectl(["patch", "pv", this.name, "-p", JSON.stringify({ spec: { capacity } })]);
        const status = JSON.stringify({ status: { capacity } });
        await kubectl(["-n", namespace, "patch", "pvc", name, "--subresource=status", "-p", status]);
    }

    /** Once nothing has it any more. */
    async remove(): Promise<void> {
        await kubectl(["delete", "pv", this.name, "--ignore-not-found", "--wait"]);
        if (fs.existsSync(this.folder)) await run("umount", [this.folder]);
    }
}

/** A tmpfs takes no `Gi`. */
const bytes = (size: string) => size.replace(/i$/, "");
