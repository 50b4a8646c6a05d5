import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Bundle, makeBundle } from "../../../../tools/bundle/bundle";
import { secretMark, signature } from "../../../../tools/lib/secret-values";
import { Programs } from "../../../support/programs";

const password = "a-password-of-the-state";
const token = "a-token-of-a-secret";
const base64 = (text: string) => Buffer.from(text).toString("base64");

const state = {
    resources: [
        {
            urn: "urn:pulumi:prod::justdb-cloud::random:index/randomPassword:RandomPassword::justdb-postgres-password",
            type: "random:index/randomPassword:RandomPassword",
            protect: true,
            outputs: { result: { [signature]: secretMark, plaintext: JSON.stringify(password) } },
        },
    ],
    pending_operations: [
        {
            type: "creating",
            resource: {
                urn: "urn:pulumi:prod::justdb-cloud::aws:s3/bucket:Bucket::schemas",
                type: "aws:s3/bucket:Bucket",
            },
        },
    ],
};

const pod = {
    metadata: { name: "app-1", namespace: "justdb-cloud" },
    spec: { initContainers: [{ name: "init" }], containers: [{ name: "app" }] },
    status: { containerStatuses: [{ name: "app", restartCount: 2 }] },
};

/** By the end of the arguments: what kubectl says. Of anything else it says nothing. */
const cluster: Record<string, string> = {
    "get secrets -o json": JSON.stringify({
        items: [{ metadata: { name: "own" }, type: "Opaque", data: { token: base64(token), pin: base64("1234") } }],
    }),
    "api-resources --verbs=list --namespaced=true -o name": "pods\nsecrets\nconfigmaps\nevents",
    "get pods -o json": JSON.stringify({ items: [pod] }),
    "get pods -n justdb-cloud -o json": JSON.stringify({ items: [pod] }),
    "get pods -A -l app.kubernetes.io/name=cloudnative-pg -o json": JSON.stringify({ items: [] }),
    "get configmaps -o json": JSON.stringify({
        items: [
            { kind: "ConfigMap", metadata: { name: "one" }, data: { file: `x ${base64(`?${token}!`)} ${password}` } },
        ],
    }),
    "-c app --tail=10000": `connecting with ${password}`,
    "-c app --tail=10000 --previous": `${"x".repeat(900_000)}\n${"y".repeat(900_000)}\nthe end, password=hunter2`,
};

describe("a bundle", () => {
    const programs = new Programs();
    const into = () => programs.folder;
    const make = () => makeBundle({ stack: "prod", folder: into(), into: into(), doctor: () => doctor() });
    let doctor = () => Promise.resolve(`{"seen": "${password}"}`);
    let made: Bundle;

    before(async () => {
        fs.writeFileSync(path.join(into(), "Pulumi.prod.yaml"), "config:\n  justdb-cloud:appReplicas: 3\n");
        const settings = {
            "justdb-cloud:appReplicas": { value: "3", secret: false },
            "justdb-cloud:key": { value: "k", secret: true },
        };
        programs.write(
            "pulumi",
            `const state = ${JSON.stringify(JSON.stringify({ deployment: state }))}, settings = ${JSON.stringify(JSON.stringify(settings))};
            console.log(process.argv.includes("export") ? state : settings)`,
        );
        kubectl();
        made = await make();
    });

    /** A kubectl that fails at what has one of `refused` in it. A bundle calls it many times, and a shell starts sooner than Node. */
    function kubectl(...refused: string[]): void {
        const longestFirst = Object.entries(cluster).sort(([a], [b]) => b.length - a.length);
        const answers = longestFirst.map(([end, said], index) => {
            const file = path.join(into(), `answer-${index}`);
            fs.writeFileSync(file, said);
            return `*"${end}") cat "${file}" ;;`;
        });
        const refusals = refused.map((part) => `*"${part}"*) echo "forbidden: ${password}" >&2; exit 1 ;;`);
        const script = [answers, refusals].map((cases) => `case "$*" in\n${cases.join("\n")}\nesac`).join("\n");
        programs.write("kubectl", script, "/bin/sh");
    }

    it("is one archive, which its owner alone may read, named by stack and time", () => {
        const { archive } = made;
        assert.match(path.basename(archive), /^bundle-prod-\d{8}T\d{6}Z\.tar\.gz$/);
        assert.equal(fs.statSync(archive).mode & 0o777, 0o600);
        const listed = execFileSync("tar", ["-tzf", archive], { encoding: "utf8" });
        for (const file of ["README.txt", "stack/resources.txt", "logs/app-1/app.log", "objects/configmaps.yaml"])
            assert.ok(listed.includes(`/${file}\n`), `${file} is not among\n${listed}`);
    });

    it("has no secret of the state, nor of a Secret, and no Secret", () => {
        const { files } = made;
        const text = JSON.stringify(files);
        for (const secret of [password, token, base64(token), "hunter2"]) assert.ok(!text.includes(secret), secret);
        assert.equal(files["logs/app-1/app.log"], "connecting with [secret]");
        assert.equal(files["secrets.txt"], "own  Opaque  token, pin");
        assert.ok(!("objects/secrets.yaml" in files));
    });

    it("tells the resources without their values, what is unfinished, and the settings that are no secret", () => {
        const { files } = made;
        assert.match(files["stack/resources.txt"]!, /RandomPassword {2}justdb-postgres-password {2}protected/);
        assert.match(files["stack/pending-operations.txt"]!, /creating {2}aws:s3\/bucket:Bucket {2}schemas/);
        assert.match(files["stack/settings.yaml"]!, /appReplicas: '3'\njustdb-cloud:key: '\[secret]'/);
    });

    it("has what the doctor finds, without a secret", () => {
        assert.equal(made.files["doctor.json"], '{"seen": "[secret]"}');
    });

    it("has the end of a long log, from the beginning of a line", () => {
        const log = made.files["logs/app-1/app.previous.log"]!;
        assert.ok(log.startsWith("[earlier lines are left out]\nyyyy") && log.endsWith("password=[secret]"));
    });

    it("names the Secrets that are too short to be taken out", () => {
        assert.deepEqual(made.missing, ["Too short to be told from words, so they may stand in it: own/pin"]);
    });

    it("says what could not be had, without a secret, and has the rest", async () => {
        kubectl("get storageclasses", "get configmaps");
        doctor = () => Promise.reject(new Error("no such stack"));
        const { files, errors } = await make();
        assert.equal(errors.length, 3);
        assert.match(files["errors.txt"]!, /^doctor\.json: no such stack/m);
        assert.match(files["errors.txt"]!, /^cluster\/storage-classes\.yaml: .*\nforbidden: \[secret]/m);
        assert.ok("stack/resources.txt" in files && "logs/app-1/app.log" in files);
        assert.ok(!JSON.stringify(files).includes(password));
    });

    it("has the objects that can be listed where a part of the API is away", async () => {
        kubectl("api-resources");
        const { files } = await make();
        assert.ok("objects/configmaps.yaml" in files);
        assert.match(files["errors.txt"]!, /^kinds of objects: /m);
    });

    it("says when secrets cannot be read, and takes out what looks like one", async () => {
        programs.write("pulumi", 'console.error("error: passphrase must be set"); process.exit(1)');
        kubectl("get secrets");
        const { files, missing } = await make();
        assert.match(missing.join("\n"), /The state of the stack could not be read: .*passphrase must be set/);
        assert.match(missing.join("\n"), /The Secrets of the namespace could not be read/);
        assert.match(files["README.txt"]!, /could not be read/);
        assert.ok(files["logs/app-1/app.previous.log"]!.endsWith("password=[secret]"));
    });
});
