// The rules of components/sight/alerts: checked as stacks that differ have them, and tested on the stack that can have all of them.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { dump } from "js-yaml";
import { resolve } from "../../components/config/resolve";
import type { JustDbCloudArgs } from "../../components/parts";
import { alertGroups, type Rule, type RuleGroup } from "../../components/sight/alerts/groups";
import { everyGroup } from "../lib/every-alert";
import { run } from "../lib/exec";
import { repoDir } from "../lib/paths";
import { debianProgram } from "../programs/debian";

const source = path.join(repoDir, "components/sight/alerts");

const variants: Record<string, JustDbCloudArgs> = {
    small: { environment: "dev", backupSchedule: "never", drillSchedule: "never" },
    external: {
        postgresMode: "external",
        postgresHost: "postgres.example.com",
        postgresCidrs: ["10.20.0.0/24"],
        postgresPassword: "x".repeat(16),
        redisMode: "external",
        redisHost: "redis.example.com",
        redisCidrs: ["10.20.0.0/24"],
        redisPassword: "x".repeat(16),
    },
    objectives: { availabilityObjectivePercent: 90, latencyObjectivePercent: 50, latencyObjectiveMilliseconds: 2000 },
    two: { postgresInstances: 2, namespace: "justdb-two", runbooksUrl: "https://git.example.com/runbooks" },
};

/** Their texts are for people: a test says when an alert fires, not what it says then. */
const withoutTexts = (rule: Rule): object => ("alert" in rule ? { ...rule, annotations: undefined } : rule);

/** Fails with what promtool finds. */
export async function alertRules(): Promise<void> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "alerts-"));
    const promtool = (...args: string[]) => run(debianProgram("promtool"), args, { cwd: folder });
    const write = (name: string, groups: object[]) => {
        fs.writeFileSync(path.join(folder, name), dump({ groups }, { noRefs: true, skipInvalid: true }));
        return name;
    };
    try {
        const stacks: [string, RuleGroup[]][] = Object.entries(variants).map(([name, args]) => [
            name,
            alertGroups(resolve(args, "justdb")),
        ]);
        const files = [...stacks, ["everything", everyGroup] as const].map(([name, groups]) =>
            write(`${name}.yaml`, groups),
        );
        await promtool("check", "rules", "--lint-fatal", ...files);
        const tests = everyGroup.map(({ name, rules, ...group }) => {
            const topic = name.replace("justdb-", "");
            write(`${topic}.rules.yaml`, [{ name, ...group, rules: rules.map(withoutTexts) }]);
            fs.copyFileSync(path.join(source, `${topic}.test.yaml`), path.join(folder, `${topic}.test.yaml`));
            return `${topic}.test.yaml`;
        });
        await promtool("test", "rules", ...tests);
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
}
