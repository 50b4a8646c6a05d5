// `make restore FROM=...`: as on any stack, by a Job made from the suspended CronJob that is its template.
import { PlainError } from "../../tools/lib/plain-error";
import { runJob } from "../cluster/jobs";

export async function restore(from: string | undefined): Promise<void> {
    if (!from) {
        throw new PlainError(
            "make restore needs FROM: latest, an id that make backups lists, or a time with its zone such as 2026-01-31T04:00:00Z.",
        );
    }
    await runJob(`Restore of ${from}`, "justdb-restore", { FROM: from });
}
