import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { CommandError, type PreviewOptions, type Stack } from "@pulumi/pulumi/automation";
import { allowedIn } from "../../../ci/command";
import type { Event } from "../../../ci/events";
import { main } from "../../../ci/preview";
import type { Report } from "../../../ci/report";
import type { OpenStack } from "../../../ci/stack";
import { diagnostic, step, summary, violation } from "../../support/ci-events";

// Its constructor is not declared.
const failed = (stderr: string) =>
    Reflect.construct(CommandError, [
        { toString: () => `code: 255\n stdout: \n stderr: ${stderr}\n err?: \n` },
    ]) as CommandError;

const secret = "a-secret-of-the-state";
const state = {
    resources: [
        {
            urn: "urn:pulumi:prod::p::t::n",
            outputs: {
                value: {
                    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
                    plaintext: `"${secret}"`,
                },
            },
        },
    ],
};

interface Pretended {
    events: Event[];
    error?: Error;
    readable?: boolean;
}

/** A stack whose preview gives these events. */
function pretend({ events, error, readable = true }: Pretended, options: PreviewOptions[] = []): OpenStack {
    const stack = {
        preview: (given: PreviewOptions) => {
            options.push(given);
            for (const event of events) given.onEvent!(event);
            return error ? Promise.reject(error) : Promise.resolve();
        },
        exportStack: () =>
            readable ? Promise.resolve({ deployment: state }) : Promise.reject(new Error("passphrase")),
        getAllConfig: () => Promise.resolve({}),
    };
    return (_, use) => use(stack as unknown as Stack);
}

describe("ci/preview.ts", () => {
    let dir: string;
    let log = "";
    const say = (text: string) => void (log += text);
    beforeEach(() => (dir = fs.mkdtempSync(path.join(os.tmpdir(), "reports-"))));
    afterEach(() => fs.rmSync(dir, { recursive: true }));

    const run = (open: OpenStack, ...args: string[]) =>
        main(["--stack", "prod", "--reports", dir, ...args], {}, { open, say });
    const written = () => fs.readFileSync(path.join(dir, "prod.json"), "utf8");
    const report = () => JSON.parse(written()) as Report;

    it("previews with the pack and its configuration, and ends with 0 when nothing stands against it", async () => {
        const options: PreviewOptions[] = [];
        assert.equal(await run(pretend({ events: [summary()] }, options)), 0);
        assert.match(options[0]!.policyPacks![0]!, /\/policy$/);
        assert.match(options[0]!.policyPackConfigs![0]!, /\/policy-config\.json$/);
    });

    it("ends with 1 for a mandatory violation, and leaves its secrets out", async () => {
        const events = [
            violation("mandatory", "r", `is ${secret}`),
            diagnostic("error", `no ${secret}`),
            summary("failed"),
        ];
        assert.equal(await run(pretend({ events, error: failed("") })), 1);
        assert.deepEqual(report().errors, ["no [secret]"]);
        assert.ok(!written().includes(secret));
    });

    it("ends with 1 for a loss of data, unless it is allowed by flag or by the description", async () => {
        const events = [step({ op: "delete", type: "aws:s3/bucket:Bucket", before: {} }), summary()];
        const urn = events[0]!.resourcePreEvent!.metadata.urn;
        assert.equal(await run(pretend({ events })), 1);
        assert.equal(await run(pretend({ events }), "--allow-replace", ` ${urn}  urn:pulumi:x`), 0);
        assert.equal(await run(pretend({ events }), "--allow-replace", ""), 1);
        const env = { ALLOW_REPLACE: `Why\n\nallow-replace: ${urn}\n` };
        assert.equal(await main(["--stack", "prod"], env, { open: pretend({ events }), say }), 0);
    });

    it("ends with 1 for an engine that ends before its first event, and says what it said", async () => {
        assert.equal(await run(pretend({ events: [], error: failed(`error: ${secret} is wrong`) })), 1);
        assert.deepEqual(report().errors, ["error: [secret] is wrong"]);
    });

    it("ends with 1 for an engine that fails after its last event", async () => {
        assert.equal(await run(pretend({ events: [summary()], error: failed("error: lost the connection") })), 1);
        assert.deepEqual(report().errors, ["error: lost the connection"]);
    });

    it("keeps every message and value to itself when the secrets cannot be read", async () => {
        const update = { before: { replicas: 2 }, after: { replicas: 3 }, diff: { replicas: "update" } };
        const events = [
            step({ op: "update", ...update }),
            violation("mandatory", "rule", `is ${secret}`),
            summary("failed"),
        ];
        events.push(
            diagnostic("error", secret),
            diagnostic("warning", secret),
            diagnostic("info", `Exemption used: ${secret}`),
        );
        assert.equal(await run(pretend({ events, error: failed(""), readable: false })), 1);
        assert.ok(!written().includes(secret));
        assert.deepEqual(report().changes[0]!.properties, [{ path: "replicas", replaces: false }]);
        assert.equal(report().violations[0]!.rule, "rule");
        assert.match(report().errors.join(), /only in the log of the run/);
    });

    it("ends with 1 for a stack that cannot be opened, and repeats nothing of why", async () => {
        assert.equal(await run(() => Promise.reject(failed("error: wrong passphrase"))), 1);
        assert.match(log, /wrong passphrase/);
        assert.deepEqual(report().errors, ["the stack could not be opened: see the log of the run"]);
    });

    it("does not take a crash of its own for a failed preview", async () => {
        await assert.rejects(run(pretend({ events: [], error: new TypeError("a mistake") })), /a mistake/);
        await assert.rejects(main([], {}), /--stack NAME is missing/);
        await assert.rejects(main(["--stak", "prod"], {}), /Unknown option '--stak'/);
    });

    it("adds to the summary of the job", async () => {
        const file = path.join(dir, "summary.md");
        fs.writeFileSync(file, "before\n");
        await run(pretend({ events: [summary()] }), "--summary", file);
        assert.match(fs.readFileSync(file, "utf8"), /^before\n[^]*### `prod`: in order/);
    });
});

describe("what a description allows", () => {
    it("is each line of its own that says so", () => {
        const urn = "urn:pulumi:prod::p::kubernetes:core/v1:Namespace::my name";
        const text = `Moves it.\r\n\r\nallow-replace: ${urn}\r\n- Allow-Replace: \`${urn}2\`\nnot allow-replace: ${urn}3\nallow-replace: all`;
        assert.deepEqual(allowedIn(text), [urn, `${urn}2`]);
    });
});
