import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { load } from "js-yaml";
import packageJson from "../../../package.json";

interface Step {
    uses?: string;
    run?: string;
    with?: Record<string, string>;
    env?: Record<string, string>;
}

interface Job {
    environment?: string;
    concurrency?: { group: string; "cancel-in-progress": boolean };
    needs?: string;
    permissions?: Record<string, string>;
    steps: Step[];
}

interface Workflow {
    on: Record<string, unknown>;
    permissions: Record<string, string>;
    jobs: Record<string, Job>;
}

const root = path.join(__dirname, "../../..");
const read = (file: string) => load(fs.readFileSync(path.join(root, ".github", file), "utf8"));
const names = fs.readdirSync(path.join(root, ".github/workflows"));
const workflows = Object.fromEntries(names.map((name) => [name, read(`workflows/${name}`) as Workflow]));
const setUp = (read("actions/set-up/action.yml") as { runs: { steps: Step[] } }).runs.steps;

const jobs = Object.entries(workflows).flatMap(([file, { jobs }]) =>
    Object.entries(jobs).map(([name, job]) => ({ file, name, job })),
);
const deploy = workflows["deploy.yml"]!.jobs;

describe("the workflows", () => {
    it("install the engine of the SDK's version", () => {
        const engine = setUp.find(({ uses }) => uses?.startsWith("pulumi/actions@"))!;
        assert.equal(engine.with!["pulumi-version"], packageJson.dependencies["@pulumi/pulumi"]);
    });

    it("name versions that can be read, never a hash", () => {
        const used = [...jobs.flatMap(({ job }) => job.steps), ...setUp].map(({ uses }) => uses).filter(Boolean);
        assert.ok(used.length > 10);
        for (const uses of used) assert.match(uses!, /^(\.\/|(actions|aws-actions|pulumi)\/[\w-]+@v\d+$)/);
    });

    for (const { file, name, job } of jobs) {
        it(`${file}, ${name}: writes at most what it must`, () => {
            assert.deepEqual(workflows[file]!.permissions, {});
            const written = Object.entries(job.permissions ?? {}).filter(([, level]) => level === "write");
            const may = name === "comment" ? ["pull-requests"] : job.environment ? ["id-token"] : [];
            assert.deepEqual(
                written.map(([what]) => what),
                may,
            );
        });

        it(`${file}, ${name}: has secrets only inside an environment, and the comment's job has none`, () => {
            const text = JSON.stringify(job);
            assert.equal(text.includes("secrets."), job.environment !== undefined);
            assert.equal(text.includes("github.token"), name === "comment");
        });
    }

    it("never run the code of a fork with more rights than its own", () => {
        for (const { on } of Object.values(workflows)) {
            assert.ok(!("pull_request_target" in on) && !("workflow_run" in on));
        }
    });

    it("store no key of AWS", () => {
        assert.doesNotMatch(JSON.stringify([workflows, setUp]), /aws-access-key-id|aws-secret-access-key|AWS_SECRET/i);
    });

    it("update dev, then prod, each after its plan, one at a time, and never cut off", () => {
        assert.deepEqual(
            Object.entries(deploy).map(([name, { needs, environment }]) => [name, needs, environment]),
            [
                ["plan-dev", undefined, "dev-preview"],
                ["dev", "plan-dev", "dev"],
                ["plan-prod", "dev", "prod-preview"],
                ["prod", "plan-prod", "prod"],
            ],
        );
        for (const stack of ["dev", "prod"]) {
            const { concurrency, steps } = deploy[stack]!;
            assert.deepEqual(concurrency, { group: `stack-${stack}`, "cancel-in-progress": false });
            const script = steps.at(-1)!.run!;
            assert.ok(
                script.includes(`ci/preview.ts --stack ${stack} `) && script.includes(`up --stack ${stack} `),
                script,
            );
            assert.match(script, /--policy-pack policy --policy-pack-config policy-config\.json/);
        }
    });

    it("preview and comment on the stacks that are deployed", () => {
        const { preview, comment } = workflows["pull-request.yml"]!.jobs;
        const { matrix } = (preview as Job & { strategy: { matrix: { stack: string[] } } }).strategy;
        assert.deepEqual(matrix.stack, ["dev", "prod"]);
        assert.match(comment!.steps.at(-1)!.run!, /--stack dev --stack prod/);
    });
});
