// README's way to one's own cluster and account: each command in a fresh copy, with the sandbox's cluster and AWS API as one's own.
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
    goBinary,
    repoDir,
    run,
    sandboxStack,
    startLoadBalancers,
    stopLoadBalancers,
    tagImage,
    versions,
} from "../../../sandbox";
import { readStackFile, parse } from "../../../tools/lib/stack-file";
import { ensureGo } from "../../../tools/programs/go/build";
import { apply } from "../../support/app";
import { removeBucket } from "../../support/backups";
import { podsReady } from "../../support/cluster";
import { TestStack } from "../../support/test-stack";

const namespace = "justdb-own";
/** Never brought up: it knows the sandbox's providers, and how what a stack of prod leaves is taken away. */
const sandbox = new TestStack("own-cluster", namespace, {});
const readme = fs.readFileSync(path.join(repoDir, "README.md"), "utf8");
const [, block] = /^The first `pulumi up`:\n\n((?: {4}.*\n)+)/m.exec(readme)!;
const lines = block!.trimEnd().split("\n");
/** With the name that the sandbox's kubeconfig has for its cluster. */
const commands = lines.map((line) =>
    line
        .trim()
        .replace(/ {2,}#.*$/, "")
        .replace("my-cluster", "$(kubectl config current-context)"),
);
const doctor = "make doctor STACK=prod";
const [image] = /registry\.example\.com\S+/.exec(block!)!;

/** What stack prod does not say, as the sandbox has it: its images, its sizes, where its APIs are. */
function ofTheSandbox(): string[] {
    const prod = parse(readStackFile("prod")).config!;
    const given = Object.entries(parse(readStackFile(sandboxStack)).config!);
    const missing = given.filter(([key]) => !(key in prod) && !/:(?:ingress|dnsCidrs|metrics)/.test(key));
    return [["namespace", namespace], ...missing].map(([key, value]) =>
        Array.isArray(value)
            ? `pulumi config set --path '${key}[0]' '${value[0]}'`
            : `pulumi config set '${key}' '${String(value)}'`,
    );
}

describe("README's way to one's own cluster and account", function () {
    this.timeout(1_800_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "own-cluster-"));
    const copy = path.join(folder, "justdb-cloud");
    let env: Record<string, string>;

    const shell = (line: string, cwd = copy) => run("bash", ["-euo", "pipefail", "-c", line], { cwd, env });

    before(async () => {
        await ensureGo(["pulumi-language-nodejs"]);
        await tagImage(versions.images.app[0]!, image);
        startLoadBalancers();
        // The sandbox's providers, which live as long as this process.
        env = await sandbox.open(({ workspace: { envVars } }) =>
            Promise.resolve({
                ...envVars,
                PATH: `${path.dirname(goBinary("pulumi-language-nodejs"))}:${envVars.PATH}`,
                PULUMI_BACKEND_URL: `file://${folder}`,
                TMPDIR: os.tmpdir(),
            }),
        );
        fs.mkdirSync(copy);
        await shell(`git ls-files -z -co --exclude-standard | tar -c --null -T - | tar -x -C ${copy}`, repoDir);
    });

    after(async () => {
        const outputs = JSON.parse(await shell("pulumi stack output --json")) as Record<string, string>;
        await shell("pulumi state unprotect --all --yes && pulumi destroy --yes --skip-preview");
        await sandbox.removeKept();
        for (const bucket of [outputs.schemasBucket!, outputs.backupsBucket!]) await removeBucket(bucket);
        await stopLoadBalancers();
        fs.rmSync(folder, { recursive: true });
    });

    it("begins with packages, a stack, its settings, and the doctor's findings", async () => {
        for (const command of [...commands.slice(0, commands.indexOf(doctor)), ...ofTheSandbox()]) await shell(command);
        // No registry is there, and it says so: an error, and so the exit code.
        const said = await shell(`${doctor} || true`);
        assert.match(said, /JD\d{3}/);
    });

    it("goes on with a preview and an update", async () => {
        const config = path.join(copy, "policy-config.json");
        const policies = JSON.parse(fs.readFileSync(config, "utf8")) as { "image-registries": { allowed: string[] } };
        policies["image-registries"].allowed.push(path.dirname(image));
        fs.writeFileSync(config, JSON.stringify(policies));
        for (const command of commands.slice(commands.indexOf(doctor) + 1)) {
            // The newest language host that can be built from a Go module is too old to start a pack.
            const alone = command.replace(/ --policy-pack.*/, "").replace(/^pulumi up *$/, "pulumi up --yes");
            await shell(alone);
        }
        await shell("pulumi stack export --file state.json");
        const { PATH } = process.env;
        await run("make", ["policy", "STATE=state.json"], { cwd: copy, env: { ...env, PATH: PATH! } });
    });

    it("ends with a URL, three of each, and a service that answers", async () => {
        assert.match(await shell("pulumi stack output url"), /^http:\/\/[\w.-]+\.amazonaws\.com\n$/);
        await podsReady("cnpg.io/podRole=instance", 3, namespace);
        await podsReady("app=justdb-cloud", 3, namespace);
        assert.equal((await apply("own", "1.0.0", namespace)).status, 200);
    });
});
