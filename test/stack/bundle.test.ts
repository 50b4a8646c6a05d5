import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { apply, kubectl, repoDir, run, sandboxStack, withStack } from "../../sandbox";
import { type Deployment, secretsIn, secretsInObjects, withoutOpen } from "../../tools/lib/secret-values";
import { spellings, traces } from "../../tools/lib/spellings";
import { list, namespace } from "../support/cluster";
import { knownSecrets } from "../support/known-secrets";

/** Every text of base64 within a text, decoded from each of its first four characters. */
const decoded = (text: string) =>
    (text.match(/[\w+/-]{12,}/g) ?? []).flatMap((run) =>
        [0, 1, 2, 3].map((skipped) => Buffer.from(run.slice(skipped), "base64").toString("latin1")),
    );

describe("a bundle of the stack", () => {
    const planted = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "planted", namespace } };
    let folder: string;
    let said: string;
    let files: Map<string, string>;
    let secrets: Map<string, string>;

    before(async () => {
        secrets = await knownSecrets();
        const ofState = await withStack(sandboxStack, async (stack) => {
            const { deployment } = (await stack.exportStack()) as { deployment: Deployment };
            return secretsIn(deployment, await stack.getAllConfig());
        });
        // The state has the whole of a Secret as one: a user's name beside its password.
        const { open } = secretsInObjects(await list("secrets"));
        for (const [index, value] of withoutOpen(ofState, open).entries())
            secrets.set(`value ${index} of the state`, value);
        const password = secrets.get("justdb-secrets/db-password")!;
        const data = {
            spelled: spellings(password).join(" "),
            base64: ["", "a", "ab"]
                .map((text) => Buffer.from(`${text}${password} and more`).toString("base64"))
                .join(" "),
        };
        await apply([{ ...planted, data }]);
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "bundle-test-"));
        const [tsx, cli] = ["node_modules/.bin/tsx", "sandbox/cli.ts"].map((file) => path.join(repoDir, file));
        said = await run(tsx!, [cli!, "bundle"], { cwd: folder });
        const [archive] = fs.readdirSync(folder) as [string];
        await run("tar", ["-xzf", archive, "--strip-components=1"], { cwd: folder });
        fs.rmSync(path.join(folder, archive));
        const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
        const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
        files = new Map(names.map((file) => [path.relative(folder, file), fs.readFileSync(file, "utf8")]));
    });

    after(async () => {
        await kubectl(["delete", "configmap", planted.metadata.name, "-n", namespace, "--ignore-not-found"]);
        fs.rmSync(folder, { recursive: true, force: true });
    });

    const held: Record<string, RegExp> = {
        "README.txt": /the namespace's Secrets: \d+ values[^]*the stack's state and settings: \d+ values/,
        "doctor.json": /"findings": \[/,
        "events.txt": /REASON/,
        "pods.txt": /justdb-db-1/,
        "secrets.txt": /justdb-secrets {2}Opaque {2}.*db-password/,
        "logs/justdb-db-1/postgres.log": /database system is ready/,
        "logs/justdb-redis-0/redis.log": /Ready to accept connections/,
        "objects/pods.yaml": /justdb-redis-0/,
        "objects/configmaps.yaml": /application\.yml/,
        "objects/clusters.postgresql.cnpg.io.yaml": /currentPrimary/,
        "objects/horizontalpodautoscalers.autoscaling.yaml": /justdb-cloud-hpa/,
        "objects/networkpolicies.networking.k8s.io.yaml": /podSelector/,
        "cluster/version.yaml": /gitVersion/,
        "cluster/nodes.txt": /Ready/,
        "cluster/storage-classes.yaml": /provisioner/,
        "cluster/definitions.txt": /clusters\.postgresql\.cnpg\.io +v1/,
        "cluster/namespace.yaml": /pod-security/,
        "stack/resources.txt": /random:index\/randomPassword:RandomPassword {2}justdb-postgres-password/,
        "stack/settings.yaml": /appReplicas/,
    };
    for (const [file, content] of Object.entries(held)) {
        it(`holds ${file}`, () => assert.match(files.get(file) ?? "", content));
    }

    it("holds the logs of every container, and of the operator", () => {
        const logs = [...files.keys()].filter((file) => file.startsWith("logs/"));
        for (const part of [
            /justdb-cloud-.*\/justdb-cloud\.log$/,
            /justdb-db-1\/plugin-barman-cloud\.log$/,
            /^logs\/operator\//,
        ])
            assert.ok(
                logs.some((file) => part.test(file)),
                `${String(part)} matches none of ${logs.join(", ")}`,
            );
    });

    it("says what could not be had, which is what only a metrics-server tells", () => {
        for (const line of (files.get("errors.txt") ?? "").split("\n\n")) assert.match(line, /^$|-used\.txt: /);
    });

    it("has no Secret", () => {
        for (const [file, text] of files) assert.doesNotMatch(text, /^ *-? *kind: Secret$/m, file);
    });

    it("has no secret, however it is written", () => {
        const encoded = new Map([...files].map(([file, text]) => [file, decoded(text).join("\n")]));
        for (const [name, value] of secrets) {
            for (const trace of traces(value)) {
                for (const [file, text] of files) assert.ok(!text.includes(trace), `${name} stands in ${file}`);
            }
            const bytes = Buffer.from(value).toString("latin1");
            for (const [file, text] of encoded) assert.ok(!text.includes(bytes), `${name} stands encoded in ${file}`);
        }
    });

    it("had secrets in it before they were taken out", () => {
        const [, own = ""] = /base64: (.*\n.*)\n/.exec(files.get("objects/configmaps.yaml")!) ?? [];
        assert.match(own, /^\S*\[secret]\S* \S*\[secret]\S* \S*\[secret]\S*\n +spelled: \[secret]/);
    });

    it("says where it is, and that it is to be read before it is sent", () => {
        assert.match(said, /bundle-sandbox-\S+\.tar\.gz: \d+ files[^]*Read it nevertheless before you send it/);
        assert.doesNotMatch(said, /could not be read/);
    });
});
