import * as batch from "@pulumi/kubernetes/batch/v1";
import type { Cluster, Waited } from "../lib/scope";
import { type Operation, operationJob, type Run } from "./operation";

/** A CronJob must have a schedule, even one that is suspended and only a template. */
const noSchedule = "0 0 1 1 *";

interface Schedule extends Run {
    /** A cron schedule in UTC; never: only when somebody starts it. */
    schedule: string;
    /** Ended Jobs that are kept, of each end. */
    kept?: number;
}

/** Runs an operation by a schedule, and is the template of Jobs that run it by hand. */
export function createCronJob(cluster: Cluster, suffix: string, operation: Operation, run: Schedule): Waited {
    const { child, metadata, options } = cluster;
    const never = run.schedule === "never";
    const cronJob = new batch.CronJob(
        child(suffix),
        {
            metadata: metadata(operation.name),
            spec: {
                schedule: never ? noSchedule : run.schedule,
                timeZone: "Etc/UTC",
                suspend: never,
                concurrencyPolicy: "Forbid",
                startingDeadlineSeconds: 3600,
                successfulJobsHistoryLimit: run.kept ?? 3,
                failedJobsHistoryLimit: run.kept ?? 3,
                jobTemplate: operationJob(cluster, operation, run),
            },
        },
        options({ dependsOn: operation.ready }),
    );
    return { ready: [cronJob] };
}
