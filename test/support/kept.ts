// What of a protected stack must be there whatever happens to the stack.
import assert from "node:assert/strict";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { s3 } from "./backups";
import { list } from "./cluster";

export class Kept {
    private constructor(
        private readonly namespace: string,
        readonly buckets: string[],
        private readonly volumes: string[],
    ) {}

    /** Of a stack that was just brought up. */
    static async of(namespace: string, outputs: OutputMap): Promise<Kept> {
        const buckets = [outputs.schemasBucket!.value as string, outputs.backupsBucket!.value as string];
        const volumes = await volumesOf(namespace);
        assert.equal(volumes.length, 2, "one volume of PostgreSQL, one of Redis");
        return new Kept(namespace, buckets, volumes);
    }

    async assertThere(): Promise<void> {
        const { Buckets } = await s3.send(new ListBucketsCommand({}));
        const buckets = Buckets!.map(({ Name }) => Name!);
        assert.deepEqual(
            this.buckets.filter((bucket) => !buckets.includes(bucket)),
            [],
            "buckets are gone",
        );
        const volumes = await volumesOf(this.namespace);
        assert.deepEqual(
            this.volumes.filter((volume) => !volumes.includes(volume)),
            [],
            "volumes are gone",
        );
    }
}

const volumesOf = async (namespace: string) =>
    (await list("pvc", namespace)).map((claim) => claim.spec.volumeName as string);

/** The pods that run, but for those of Jobs, which come and go. */
export async function runningPods(namespace: string): Promise<string[]> {
    const pods = await list("pods", namespace, "!job-name");
    return pods.filter(({ status }) => status.phase === "Running").map(({ metadata }) => metadata.uid);
}
