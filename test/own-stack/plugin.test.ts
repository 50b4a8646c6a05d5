import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { schema } from "../../components/parts";
import { traefikIngress } from "../support/edges";
import { construct, printedBy, startPlugin } from "../support/plugin-host";

/** What marks a value as secret, in the protocol. */
const signature = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const component = "justdb-cloud:index:JustDbCloud";

/** Pulumi starts the package so when a program of another language uses it: in the program's folder, with no tsconfig.json. */
describe("the package as a plugin", function () {
    this.timeout(180_000);
    let folder: string;
    let host: ChildProcess;
    let printed: string;

    const planned = (inputs: Record<string, unknown>) => construct(printed.trim(), component, inputs);

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "justdb-plugin-"));
        host = startPlugin(folder);
        printed = await printedBy(host);
    });
    after(() => {
        host.kill();
        rmSync(folder, { recursive: true });
    });

    it("starts in another program's folder, and serves", () => {
        assert.match(printed, /^\d{2,5}\n$/, "a port");
    });

    it("plans a component to its end, with the files that it reads from the package", async () => {
        const names = (await planned({ grafanaDashboard: true })).map(({ name }) => name);
        for (const name of ["justdb-dashboard", "justdb-deployment", "justdb-generations-done"])
            assert.ok(names.includes(name), `${name} is not in ${names.join(" ")}`);
    });

    it("has the engine call it when Traefik needs time for an object", async () => {
        const made = await planned({ ...traefikIngress, tlsSecret: "ours" });
        const hooked = made.filter(({ afterCreate }) => afterCreate.length > 0).map(({ name }) => name);
        assert.deepEqual(hooked.sort(), ["justdb-middleware-hsts", "justdb-middleware-redirect"]);
    });

    // The engine hands inputs to the package in one form, whichever language the program is in: no host of YAML or Python is needed for it.
    it("records every secret as one, whether the program has marked it, or like YAML and Python sends it as it is", async () => {
        const value = "s".repeat(64);
        const secrets = Object.entries(schema).flatMap(([key, { secret }]) => (secret ? [key] : []));
        const [first, ...others] = secrets;
        const sent = { ...Object.fromEntries(others.map((key) => [key, value])), [first!]: { ...signature, value } };
        const record = (await planned({ ...sent, appReplicas: 2 })).find(({ type }) => type === component)!.inputs;
        const expected = Object.fromEntries(secrets.map((key) => [key, { ...signature, value }]));
        assert.deepEqual(record, { ...expected, appReplicas: 2 });
    });
});
