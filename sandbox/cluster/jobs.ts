// Jobs made from the CronJobs of the stack, as on any cluster.
import { randomBytes } from "node:crypto";
import { ProgramError } from "../../tools/lib/exec";
import { PlainError } from "../../tools/lib/plain-error";
import { say, step } from "../../tools/lib/progress";
import { sandboxNamespace } from "../stack-file";
import { kubectl } from "./kubectl";

interface Job {
    metadata: { name: string };
    spec: { template: { spec: { containers: { env: { name: string; value?: string }[] }[] } } };
    status?: { conditions?: { type: string; status: string; message?: string }[] };
}

/** Makes a Job of a CronJob's template, with other values for some of its variables and how often it is tried again. Returns its name. */
export async function startJob(
    cronJob: string,
    variables: Record<string, string> = {},
    into = sandboxNamespace,
    changes: { backoffLimit?: number } = {},
): Promise<string> {
    const name = `${cronJob}-${Date.now().toString(36)}-${randomBytes(2).toString("hex")}`;
    const from = ["create", "job", name, `--from=cronjob/${cronJob}`, "--dry-run=client", "-o", "json"];
    const job = JSON.parse(await kubectl(["-n", into, ...from])) as Job;
    for (const variable of job.spec.template.spec.containers[0]!.env) {
        variable.value = variables[variable.name] ?? variable.value;
    }
    Object.assign(job.spec, changes);
    await kubectl(["-n", into, "create", "-f", "-"], JSON.stringify(job));
    return name;
}

/** Waits for the end of a Job: true when it is complete, false when it failed. */
export async function jobEnds(name: string, from = sandboxNamespace): Promise<boolean> {
    for (;;) {
        const { status } = JSON.parse(await kubectl(["-n", from, "get", "job", name, "-o", "json"])) as Job;
        const conditions = (status?.conditions ?? []).filter((condition) => condition.status === "True");
        if (conditions.some(({ type }) => type === "Complete")) return true;
        if (conditions.some(({ type }) => type === "Failed")) return false;
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
}

/** What the pods of a Job wrote, the last one last. */
export async function jobLog(name: string, from = sandboxNamespace): Promise<string> {
    const byAge = ["-l", `job-name=${name}`, "--sort-by=.metadata.creationTimestamp", "-o", "name"];
    const pods = (await kubectl(["-n", from, "get", "pods", ...byAge])).split("\n").filter(Boolean);
    let log = "";
    for (const pod of pods) log += await kubectl(["-n", from, "logs", pod]);
    return log;
}

/** What a command of the cluster most often fails for. */
export function withAdvice(error: Error): never {
    throw error instanceof ProgramError ? new PlainError(`${error.message}\nIs the sandbox up? make up`) : error;
}

/** Runs one Job to its end and shows what it wrote. Fails when it does. */
export async function runJob(title: string, cronJob: string, variables: Record<string, string> = {}): Promise<void> {
    const name = await startJob(cronJob, variables).catch(withAdvice);
    const complete = await step(`${title}: Job ${name}`, () => jobEnds(name));
    say((await jobLog(name)).trimEnd());
    if (!complete) throw new PlainError(`${title} failed: Job ${name} in namespace ${sandboxNamespace} says why.`);
}
