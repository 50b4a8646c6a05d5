// `make drill`: as on any stack, by a Job made from the stack's CronJob.
import { ensureVolumes } from "../cluster/addons/volumes";
import { runJob, withAdvice } from "../cluster/jobs";

export async function drill(): Promise<void> {
    // Each drill claims a volume, and here none is given out twice.
    await ensureVolumes().catch(withAdvice);
    await runJob("Drill", "justdb-drill");
}
