// Previews stacks with the policy pack and says whether they may be changed as planned:
//     tsx ci/preview.ts --stack dev --stack prod [--allow-replace "URN..."] [--policy-config FILE] [--reports DIR]
//         [--summary FILE]
// Ends with 0 when nothing stands against it, with 1 when something does, and with 2 when it was called wrongly.
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { allowedIn, runMain, UsageError } from "./command";
import { fails, render } from "./page";
import { objections, type Report } from "./report";
import { openStack, type Options, previewStack, root } from "./stack";

const ownConfig = path.join(root, "policy-config.json");

/** A job's summary on GitHub ends at 1 MiB. */
const summaryLimit = 1_000_000;

export async function main(
    args: string[],
    env: NodeJS.ProcessEnv,
    {
        open = openStack,
        say = (text: string) => void process.stdout.write(text),
    }: Partial<Pick<Options, "open" | "say">> = {},
): Promise<number> {
    const { values } = parseArgs({
        args,
        options: {
            stack: { type: "string", multiple: true, default: [] },
            "allow-replace": { type: "string", multiple: true, default: [] },
            "policy-config": { type: "string", multiple: true },
            reports: { type: "string" },
            summary: { type: "string" },
        },
    });
    const { stack: names, reports: dir, summary } = values;
    if (names.length === 0) throw new UsageError("--stack NAME is missing");
    const policyConfigs = values["policy-config"] ?? (fs.existsSync(ownConfig) ? [ownConfig] : undefined);
    const urns = values["allow-replace"].flatMap((given) => given.split(/\s+/)).filter(Boolean);
    const allowed = [...urns, ...allowedIn(env.ALLOW_REPLACE ?? "")];
    const reports: Report[] = [];
    for (const name of names) reports.push(await previewStack(name, { allowed, policyConfigs, open, say }));
    if (dir) {
        fs.mkdirSync(dir, { recursive: true });
        for (const report of reports) fs.writeFileSync(path.join(dir, `${report.stack}.json`), JSON.stringify(report));
    }
    if (summary) fs.appendFileSync(summary, `${render(reports, {}, summaryLimit)}\n`);
    for (const report of reports) say(`\nStack ${report.stack}: ${objections(report).join("; ") || "in order"}.\n`);
    return reports.some(fails) ? 1 : 0;
}

if (require.main === module) runMain(main);
