import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { apply, kubectl, nodeName, policyPack, tagImage, versions } from "../../../sandbox";
import { mirrored } from "../../../components/images/reference";
import { exec, type KubeObject, list } from "../../support/cluster";
import { type Config, forget, smallest, TestStack, unarchived } from "../../support/test-stack";

const stack = new TestStack("placed", "justdb-placed", {
    ...smallest,
    ...unarchived,
    appMaxReplicas: "2",
});
const { namespace } = stack;
const priorityClass = "justdb-placed";
const license = "justdb-license";
const imageMirror = { "docker.io": "mirror.example.com/docker-hub" };
const marks = { labels: { team: "data" }, annotations: { "example.com/owner": "data" } };

const json = (settings: Record<string, unknown>): Config =>
    Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, JSON.stringify(value)]));

const everything: Config = {
    priorityClass,
    ...json({
        nodeSelector: { "kubernetes.io/hostname": nodeName },
        tolerations: [{ key: "dedicated", operator: "Equal", value: "justdb", effect: "NoSchedule" }],
        affinity: {
            nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                    nodeSelectorTerms: [
                        { matchExpressions: [{ key: "kubernetes.io/os", operator: "In", values: ["linux"] }] },
                    ],
                },
            },
        },
        objectLabels: marks.labels,
        objectAnnotations: marks.annotations,
        podLabels: { tier: "backend" },
        podAnnotations: { "example.com/profile": "on" },
        appExtraEnv: [
            { name: "PLAIN", value: "as it is" },
            { name: "LICENSE_KEY", valueFrom: { secretKeyRef: { name: license, key: "key" } } },
        ],
        appExtraVolumes: [{ name: "license", secret: { secretName: license } }],
        appExtraVolumeMounts: [{ name: "license", mountPath: "/etc/license", readOnly: true }],
    }),
};
const behindMirror: Config = { ...everything, ...json({ imageMirror }) };

/** What the stack itself makes; the rest follows from it, or is Kubernetes' own. */
const kinds = [
    "configmap",
    "cronjob",
    "deployment",
    "horizontalpodautoscaler",
    "job",
    "limitrange",
    "networkpolicy",
    "poddisruptionbudget",
    "pod",
    "resourcequota",
    "role",
    "rolebinding",
    "secret",
    "service",
    "serviceaccount",
    "statefulset",
    "clusters.postgresql.cnpg.io",
    "servicemonitors.monitoring.coreos.com",
    "prometheusrules.monitoring.coreos.com",
].join();
const foreign = ({ kind, metadata: { name } }: KubeObject) =>
    ["kube-root-ca.crt", "default", license].includes(name) || madeOnce.includes(`${kind} ${name}`);
/** The operator gives these what the Cluster says when it makes them, and not later. */
const madeOnce = [
    "ConfigMap cnpg-default-monitoring",
    ...["Role justdb-db", "RoleBinding justdb-db"],
    ...["ca", "replication", "server"].map((of) => `Secret justdb-db-${of}`),
];

const images = () => {
    const { app, postgres, redis, redisExporter, liquibase } = versions.images;
    return [app[0]!, postgres, redis, redisExporter, liquibase];
};

/** What the policy pack has against a plan, under a configuration. */
async function found(more: Config, config: object): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), "placement-"));
    const file = join(folder, "policy-config.json");
    writeFileSync(file, JSON.stringify(config));
    const violations: string[] = [];
    const onEvent = ({ policyEvent }: EngineEvent) => {
        if (policyEvent) violations.push(`${policyEvent.policyName} ${policyEvent.message}`);
    };
    try {
        const options = { ...policyPack, policyPackConfigs: [file], onEvent };
        await stack.open((opened) => opened.preview(options).catch((error: Error) => error), more);
    } finally {
        rmSync(folder, { recursive: true });
    }
    return violations;
}

describe("a stack that is there, told where to run, what to carry and where its images are", () => {
    let claims: string[];
    let changes: string[];
    const uids = async (kind: string) => (await list(kind, namespace)).map(({ metadata }) => metadata.uid).sort();

    before(async () => {
        for (const image of images()) await tagImage(image, mirrored(image, imageMirror));
        await apply([
            {
                apiVersion: "scheduling.k8s.io/v1",
                kind: "PriorityClass",
                metadata: { name: priorityClass },
                value: 1000,
            },
        ]);
        await stack.up();
        const data = { key: Buffer.from("a-license").toString("base64") };
        await apply([{ apiVersion: "v1", kind: "Secret", metadata: { name: license, namespace }, data }]);
        claims = await uids("pvc");
        ({ changes } = await stack.up(behindMirror));
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await kubectl(["delete", "priorityclass", priorityClass, "--ignore-not-found"]);
    });

    it("is brought there by updates in place; Jobs alone are made anew", async () => {
        const others = changes.filter((change) => !change.startsWith("update "));
        assert.deepEqual(
            others.filter((change) => !/ justdb-(?:key-accepted|migrations|postgres-settled)$/.test(change)),
            [],
        );
        assert.deepEqual(await uids("pvc"), claims);
        assert.deepEqual((await stack.up(behindMirror)).changes, []);
    });

    it("runs where it is told, by the class that it is given", async () => {
        const pods = await list("pods", namespace);
        assert.ok(pods.length >= 5);
        for (const { metadata, spec } of pods) {
            assert.equal(spec.nodeName, nodeName, metadata.name);
            assert.deepEqual(spec.nodeSelector, { "kubernetes.io/hostname": nodeName }, metadata.name);
            assert.equal(spec.priority, 1000, metadata.name);
            assert.ok(
                (spec.tolerations as { key: string }[]).some(({ key }) => key === "dedicated"),
                metadata.name,
            );
            assert.ok(spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution, metadata.name);
        }
    });

    it("carries labels and annotations on every object and every pod", async () => {
        const objects = (await list(kinds, namespace)).filter((one) => !foreign(one));
        const [own] = await list("namespace", "*", `kubernetes.io/metadata.name=${namespace}`);
        const bare = [...objects, own!].filter(
            ({ metadata: { labels, annotations } }) =>
                labels?.team !== "data" || annotations?.["example.com/owner"] !== "data",
        );
        assert.deepEqual(
            bare.map(({ kind, metadata }: KubeObject) => `${kind} ${metadata.name}`),
            [],
        );
        for (const { metadata } of await list("pods", namespace)) {
            assert.deepEqual([metadata.labels?.tier, metadata.annotations?.["example.com/profile"]], ["backend", "on"]);
        }
    });

    it("gives the app what is added to it", async () => {
        const [pod] = await list("pods", namespace, "app=justdb-cloud");
        const seen = await exec(pod!.metadata.name, 'echo "$PLAIN, $LICENSE_KEY, $(cat /etc/license/key)"', namespace);
        assert.equal(seen.trim(), "as it is, a-license, a-license");
    });

    it("runs images of the mirror alone", async () => {
        for (const { metadata, spec } of await list("pods", namespace)) {
            const containers = [spec.containers, spec.initContainers ?? []].flat() as { image: string }[];
            const own = containers.map(({ image }) => image);
            // The operator's own image brings its program into the pods of PostgreSQL.
            const others = own.filter((image) => !image.startsWith("ghcr.io/cloudnative-pg/cloudnative-pg:"));
            for (const image of others)
                assert.match(image, /^mirror\.example\.com\/docker-hub\/justdb\//, metadata.name);
        }
    });

    it("has nothing that the policy pack objects to, and its images in the lock", async () => {
        const lock = join(mkdtempSync(join(tmpdir(), "images-")), "images.lock");
        const names = images().map((image) => mirrored(image, imageMirror));
        const config = { "image-registries": { allowed: ["mirror.example.com/docker-hub"] }, "image-lock": { lock } };
        writeFileSync(lock, names.join("\n"));
        assert.deepEqual(await found(behindMirror, config), []);
        writeFileSync(lock, names.slice(1).join("\n"));
        const violations = await found(behindMirror, config);
        assert.ok(violations.length > 0);
        for (const violation of violations) assert.match(violation, /^image-lock .*is not in /s);
    });

    it("stops before anything where an added volume is none that Pod Security allows", async () => {
        const appExtraVolumes = [{ name: "host", hostPath: { path: "/etc" } }];
        await assert.rejects(
            stack.open((opened) => opened.preview(), json({ appExtraVolumes })),
            /appExtraVolumes\s+given: +host, of kind hostPath\s+allowed: what Pod Security's level "restricted" allows/,
        );
    });
});
