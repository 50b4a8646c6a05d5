import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { dump, load } from "js-yaml";
import {
    apply,
    jobEnds,
    jobLog,
    kubeconfig,
    kubectl,
    repoDir,
    startJob,
    startMetricsServer,
    stopMetricsServer,
    waitFor,
} from "../../../sandbox";
import type { Told } from "../../../tools/doctor/doctor";
import type { JustDbCloudArgs } from "../../../components";
import { clientSettings } from "../../support/aws";
import { isReady, list, namespace as stackNamespace, removeNamespaces, sql } from "../../support/cluster";
import { bare, growing, lab, named, silent, wrong } from "../../support/doctor-faults";
import { codesOf, diagnose, type Diagnosis, fakeRegistry, unknownOf } from "../../support/doctor-lab";
import { otherIngress } from "../../support/edges";

/** A file like the sandbox's own, of another server or another user. */
function kubeconfigOf(folder: string, change: { server?: string; token?: string }): string {
    interface Config {
        clusters: { cluster: { server: string } }[];
        users: { user: object }[];
    }
    const config = load(readFileSync(kubeconfig, "utf8")) as Config;
    if (change.server) config.clusters[0]!.cluster.server = change.server;
    if (change.token) config.users[0]!.user = { token: change.token };
    const file = join(folder, `kubeconfig-${Object.keys(change).join()}`);
    writeFileSync(file, dump(config), { mode: 0o600 });
    return file;
}

/** What `make doctor STACK=sandbox` finds within 30 seconds, the rights that an update takes among it. */
async function made(): Promise<Diagnosis> {
    const begun = performance.now();
    const ran = await promisify(execFile)("make", ["--silent", "doctor", "STACK=sandbox", "ARGS=--json"], {
        cwd: repoDir,
    })
        .then((ended) => ({ ...ended, code: 0 }))
        .catch((error: { stdout: string; stderr: string; code: number }) => error);
    const seconds = (performance.now() - begun) / 1000;
    assert.ok(ran.stdout !== "", ran.stderr);
    assert.ok(seconds < 30, `${seconds} s`);
    return { ...(JSON.parse(ran.stdout) as Omit<Diagnosis, "code">), code: ran.code };
}

/** A check that breaks is unknown too, so it is told what may be. The sandbox's AWS simulates no rights. */
const unsimulated = ["JD403"];

const grow = (allowed: true | null) =>
    kubectl(["patch", "storageclass", "standard", "-p", JSON.stringify({ allowVolumeExpansion: allowed })]);

describe("the doctor, where nothing is wrong", () => {
    it("finds that volumes cannot grow and nobody measures pods, and nothing else, in 30 seconds", async () => {
        const found = await made();
        assert.deepEqual(codesOf(found), ["JD105", "JD303"]);
        assert.deepEqual(unknownOf(found), unsimulated);
    });

    it("finds nothing where there is a metrics-server, and a class whose volumes grow, in 30 seconds", async () => {
        await startMetricsServer();
        await grow(true);
        try {
            const found = await made();
            assert.deepEqual(found.findings, []);
            assert.deepEqual(unknownOf(found), unsimulated);
            assert.equal(found.code, 0);
        } finally {
            await grow(null);
            await stopMetricsServer();
        }
    });

    it("finds by a Job what can be seen from inside: nothing is wrong", async () => {
        const job = await startJob("justdb-doctor");
        try {
            assert.ok(await jobEnds(job), await jobLog(job));
            const log = await jobLog(job);
            assert.match(log, /^namespace justdb-cloud: ready\n/);
            const unknown = [...log.matchAll(/^ {2}(JD.*?): /gm)].map(([, codes]) => codes);
            // What is of the whole cluster, and what takes a command in the database's pod.
            assert.deepEqual(unknown, [
                ...["JD103", "JD104", "JD105", "JD106", "JD107", "JD108", "JD110"],
                ...["JD203, JD204", "JD301, JD302, JD303", "JD601, JD602", "JD803"],
            ]);
        } finally {
            await kubectl(["-n", stackNamespace, "delete", "job", job, "--ignore-not-found", "--wait"]);
        }
    });
});

describe("the doctor, before faults", () => {
    const s3 = new S3Client(clientSettings());
    let folder: string;
    let registry: Awaited<ReturnType<typeof fakeRegistry>>;

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "doctor-"));
        registry = await fakeRegistry();
        await s3.send(new CreateBucketCommand({ Bucket: bare }));
        await apply(wrong());
        for (const app of ["justdb-backup-metrics", "justdb-cloud"]) {
            await waitFor(`the lab's ${app}`, 120_000, async () =>
                (await list("pods", lab, `app=${app}`)).some(isReady),
            );
        }
    });

    after(async () => {
        registry.close();
        rmSync(folder, { recursive: true });
        await s3.send(new DeleteBucketCommand({ Bucket: bare }));
        const gone = ["--ignore-not-found", "--wait"];
        await removeNamespaces(lab, silent);
        await kubectl(["delete", `ingressclass/${lab}`, `storageclass/${growing}`, ...gone]);
        await kubectl(["-n", "kube-system", "delete", "daemonset", lab, ...gone]);
    });

    describe("of a namespace in which everything is wrong", () => {
        let found: Diagnosis;
        const args: JustDbCloudArgs = {
            namespace: lab,
            createNamespace: false,
            postgresExistingSecret: "unwatched",
            jwtExistingSecret: "absent",
        };
        before(async () => {
            await waitFor("the pull that fails", 120_000, async () =>
                codesOf(await diagnose({ args })).includes("JD603"),
            );
            found = await diagnose({ args });
        });

        for (const [code, what] of Object.entries({
            JD109: "that no policy closes",
            JD110: "to which an Ingress of ingress-nginx leads",
            JD501: "whose bucket for backups is gone",
            JD502: "whose bucket keeps no versions",
            JD503: "whose bucket may be opened to the public",
            JD505: "whose bucket has no lifecycle",
            JD506: "whose bucket has owners of objects",
            JD507: "whose bucket takes requests without TLS",
            JD603: "with an image that is not there",
            JD702: "without the labels of Pod Security",
            JD703: "with a quota of nine pods",
            JD704: "of another stack",
            JD705: "without a Secret that is named",
            JD706: "with a Secret that the operator does not watch",
            JD801: "whose database does not start",
            JD901: "with an old backup",
            JD902: "whose drill failed",
            JD903: "with an old drill",
            JD905: "with a damaged backup",
            JD906: "with an old credential",
        })) {
            it(`finds one ${what}: ${code}`, () => {
                assert.ok(codesOf(found).includes(code), JSON.stringify(found, null, 2));
                assert.equal(found.code, 2);
            });
        }

        it("finds a policy that is enforced to be so", async () => {
            await apply([
                {
                    apiVersion: "networking.k8s.io/v1",
                    ...named("NetworkPolicy", "closed"),
                    spec: { podSelector: { matchLabels: { app: "justdb-cloud" } }, policyTypes: ["Ingress"] },
                },
            ]);
            await waitFor("the policy", 30_000, async () => !codesOf(await diagnose({ args })).includes("JD109"));
        });
    });

    interface Prepared {
        args?: JustDbCloudArgs;
        told?: () => Partial<Told>;
    }
    const operator = {
        what: "CloudNativePG",
        api: "postgresql.cnpg.io/v1/Cluster",
        namespace: "cnpg-system",
        selectors: ["app.kubernetes.io/name=cloudnative-pg"],
        tried: "99.0",
    };
    const images = (appImage: string) => ({ images: { appImage } });
    const prepared: Record<string, [string, Prepared]> = {
        JD102: ["an old Kubernetes", { told: () => ({ leastKubernetes: "99.0" }) }],
        JD107: ["a DNS cache that is not let through", {}],
        JD108: ["a Kubernetes API at another port", { args: { kubernetesApiPorts: [443] } }],
        JD201: ["Argo Rollouts that is not installed", { args: { delivery: "canary" } }],
        JD202: ["an IngressClass that is not there", { args: { ...otherIngress, tlsSecret: "unwatched" } }],
        JD203: ["an old operator", { told: () => ({ operators: [operator] }) }],
        JD204: ["an operator that does not run where it shall", { args: { postgresOperatorNamespace: lab } }],
        JD302: ["a StorageClass that is not there", { args: { postgresStorageClass: "absent" } }],
        JD601: ["an image that its registry does not have", { told: () => images(`${registry.host}/lab/absent:1`) }],
        JD602: ["an image for other nodes", { told: () => images(`${registry.host}/lab/other:1`) }],
        JD701: ["a namespace that is not there", { args: { namespace: "doctor-absent", createNamespace: false } }],
        JD804: ["an old base backup", { told: () => ({ archive: { store: "justdb-archive", maxAgeHours: 0.0001 } }) }],
        JD904: ["an exporter without a pod", { args: { namespace: silent } }],
    };

    for (const [code, [what, { args, told = () => ({}) }]] of Object.entries(prepared)) {
        it(`finds ${what}: ${code}`, async () => {
            const found = await diagnose({ args, told: told() });
            assert.ok(codesOf(found).includes(code), JSON.stringify(found, null, 2));
        });
    }

    it("finds a cluster without a default StorageClass: JD301", async () => {
        const annotation = "storageclass.kubernetes.io/is-default-class";
        const annotate = (value: string) =>
            kubectl(["annotate", "--overwrite", "storageclass", "standard", `${annotation}=${value}`]);
        await annotate("false");
        try {
            const found = await diagnose({ args: { postgresStorageClass: "", redisStorageClass: "" } });
            assert.ok(codesOf(found).includes("JD301"), JSON.stringify(found, null, 2));
        } finally {
            await annotate("true");
        }
    });

    it("finds a cluster that does not answer, and goes on with AWS: JD101", async () => {
        const found = await diagnose({ by: kubeconfigOf(folder, { server: "https://127.0.0.1:1" }) });
        assert.deepEqual(codesOf(found), ["JD101"]);
    });

    it("finds rights in the cluster that are missing, and what it may not read is unknown: JD401", async () => {
        const token = (await kubectl(["-n", lab, "create", "token", "deployer"])).trim();
        const kinds = [{ apiVersion: "apps/v1", kind: "Deployment", namespace: lab }];
        const found = await diagnose({ by: kubeconfigOf(folder, { token }), told: { kinds } });
        assert.deepEqual(codesOf(found), ["JD401"]);
        assert.match(
            found.findings[0]!.seen,
            /get, list, watch, create, patch, delete deployments\.apps in doctor-lab/,
        );
        assert.ok(found.unknown.some(({ codes }) => codes.includes("JD302")));
    });

    it("finds credentials that AWS does not take: JD402", async () => {
        const found = await diagnose({
            environment: { AWS_ACCESS_KEY_ID: "AKIAABSENT", AWS_SECRET_ACCESS_KEY: "none" },
        });
        assert.ok(codesOf(found).includes("JD402"), JSON.stringify(found, null, 2));
    });

    it("finds a database that another library has sorted: JD803", async () => {
        await sql("create database doctor_lab template template0 locale_provider icu icu_locale 'und'");
        try {
            await sql("update pg_database set datcollversion = '1.0' where datname = 'doctor_lab'");
            const [found] = (await diagnose({})).findings.filter(({ code }) => code === "JD803");
            assert.match(found?.seen ?? "none", /database doctor_lab \(made with 1\.0, is \d/);
        } finally {
            await sql("drop database doctor_lab");
        }
    });
});
