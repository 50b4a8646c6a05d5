// Writes the reports that ci/preview.ts left behind into one comment on the pull request:
//     tsx ci/comment.ts --stack dev --stack prod --reports DIR [--print]
// --print shows it in place of posting it. The rest comes from the workflow's environment.
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { runMain, UsageError } from "./command";
import { comment } from "./github";
import { marker, type Missing, render } from "./page";
import type { Report } from "./report";

function reportOf(stack: string, dir: string): Report | Missing {
    const file = path.join(dir, `${stack}.json`);
    if (!fs.existsSync(file)) return { stack, missing: true };
    return JSON.parse(fs.readFileSync(file, "utf8")) as Report;
}

function needed(env: NodeJS.ProcessEnv, name: string): string {
    const value = env[name];
    if (!value) throw new UsageError(`the environment has no ${name}`);
    return value;
}

export async function main(
    args: string[],
    env: NodeJS.ProcessEnv,
    say = (text: string) => void process.stdout.write(text),
): Promise<number> {
    const { values } = parseArgs({
        args,
        options: {
            stack: { type: "string", multiple: true, default: [] },
            reports: { type: "string", default: "reports" },
            print: { type: "boolean", default: false },
        },
    });
    if (values.stack.length === 0) throw new UsageError("--stack NAME is missing");
    const reports = values.stack.map((stack) => reportOf(stack, values.reports));
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id, COMMIT: commit } = env;
    const run = server && repository && id ? `${server}/${repository}/actions/runs/${id}` : undefined;
    const body = render(reports, { commit: commit?.slice(0, 12), run });
    if (values.print) {
        say(`${body}\n`);
        return 0;
    }
    const done = await comment(
        {
            api: needed(env, "GITHUB_API_URL"),
            repository: needed(env, "GITHUB_REPOSITORY"),
            number: Number(needed(env, "PULL_REQUEST")),
            token: needed(env, "GH_TOKEN"),
        },
        marker,
        body,
    );
    say(`The comment was ${done}.\n`);
    return 0;
}

if (require.main === module) runMain(main);
