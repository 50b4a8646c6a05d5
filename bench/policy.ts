// What the policy pack costs over a pack of one empty rule, and beside other scanners on the same objects.
import * as fs from "node:fs";
import * as path from "node:path";
import { dump } from "js-yaml";
import { podResource } from "../test/support/policy/pods";
import { pulumiHome, repoDir, runDir } from "../tools/lib/paths";
import { goBinary } from "../tools/programs/go/build";
import { checkov } from "./checkov";
import { type Measured, timedProgram } from "./measure";

const deployments = 1000;
const folder = path.join(runDir, "bench");
const emptyPack = path.join(repoDir, "bench", "empty-pack");
const pack = path.join(repoDir, "policy");

const namespace = "team";
const kubernetes = { apiVersion: "apps/v1", kind: "Deployment" };

function objects(count: number) {
    return Array.from({ length: count }, (_, index) => {
        const { props } = podResource("Deployment");
        const name = `app-${index}`;
        return { ...props, ...kubernetes, metadata: { ...(props.metadata as object), name, namespace } };
    });
}

/** What the rules over a stack want beside the Deployments, so that all of it complies. */
const beside = {
    "kubernetes:networking.k8s.io/v1:NetworkPolicy": {
        metadata: { name: "default-deny", namespace },
        spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    },
    "kubernetes:policy/v1:PodDisruptionBudget": {
        metadata: { name: "app", namespace },
        spec: { maxUnavailable: 1, selector: { matchLabels: { app: "app" } } },
    },
};

/** Resources of many kinds, all of which comply. */
const kinds: [type: string, make: () => object][] = [
    ["kubernetes:apps/v1:Deployment", () => podResource("Deployment").props],
    ["kubernetes:core/v1:ConfigMap", () => ({ data: { "app.yml": "server:\n  port: 8080\n  host: app\n".repeat(100) } })],
    ["kubernetes:core/v1:Service", () => ({ spec: { selector: { app: "app" }, ports: [{ port: 80 }] } })],
    ["kubernetes:core/v1:ServiceAccount", () => ({ automountServiceAccountToken: false })],
    ["kubernetes:batch/v1:CronJob", () => podResource("CronJob").props],
    ["kubernetes:example.com/v1:Worker", () => podResource("custom resource").props],
    [
        "kubernetes:rbac.authorization.k8s.io/v1:Role",
        () => ({ rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"], resourceNames: ["app"] }] }),
    ],
    ["aws:sqs/queue:Queue", () => ({ visibilityTimeoutSeconds: 30 })],
]; // prettier-ignore

function mixed(count: number): [type: string, object: { metadata: { name: string } }][] {
    return Array.from({ length: count }, (_, index) => {
        const [type, make] = kinds[index % kinds.length]!;
        const props = make() as { metadata?: object };
        return [type, { ...props, metadata: { ...props.metadata, name: `it-${index}`, namespace } }];
    });
}

/** A stack's state, as `pulumi stack export` writes it. */
function state(name: string, content: [type: string, object: { metadata: { name: string } }][]): string {
    const urn = (type: string, name: string) => `urn:pulumi:bench::bench::${type}::${name}`;
    const stack = { urn: urn("pulumi:pulumi:Stack", "bench-bench"), custom: false, type: "pulumi:pulumi:Stack" };
    const resource = (type: string, object: { metadata: { name: string } }) => ({
        urn: urn(type, object.metadata.name),
        custom: true,
        id: `${namespace}/${object.metadata.name}`,
        type,
        inputs: object,
        outputs: object,
        parent: stack.urn,
    });
    const resources = [
        stack,
        ...Object.entries(beside).map(([type, object]) => resource(type, object)),
        ...content.map(([type, object]) => resource(type, object)),
    ];
    const file = path.join(folder, `state-${name}.json`);
    const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: "" };
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(file, JSON.stringify({ version: 3, deployment: { manifest, resources } }));
    return file;
}

function manifests(): string {
    const dir = path.join(folder, "manifests");
    fs.mkdirSync(dir, { recursive: true });
    const file = path.join(dir, "deployments.yaml");
    fs.writeFileSync(
        file,
        objects(deployments)
            .map((object) => dump(object, { noRefs: true }))
            .join("---\n"),
    );
    return file;
}

/** Fails when a mandatory rule objects, as all of it complies. */
const analyze = (file: string, packDir: string) =>
    timedProgram("pulumi", ["policy", "analyze", "--json", "--file", file, "--policy-pack", packDir], {
        PULUMI_HOME: pulumiHome,
    });

export function policy(): Measured[] {
    const none = state("empty", []);
    const many = state(
        "deployments",
        objects(deployments).map((object) => ["kubernetes:apps/v1:Deployment", object]),
    );
    const [fewer, more] = [1000, 5000].map((count) => state(`mixed-${count}`, mixed(count)));
    const yaml = manifests();
    const all = () => analyze(many, pack);
    return [
        {
            name: "start of the pack / of a pack of one empty rule",
            rounds: 5,
            floor: () => analyze(none, emptyPack),
            subject: () => analyze(none, pack),
        },
        {
            name: `${deployments} Deployments: all rules / one empty rule`,
            rounds: 5,
            floor: () => analyze(many, emptyPack),
            subject: all,
        },
        {
            name: "all rules: 5000 mixed resources / 1000, linear up to 5",
            rounds: 3,
            floor: () => analyze(fewer!, pack),
            subject: () => analyze(more!, pack),
        },
        {
            name: `${deployments} Deployments: all rules / kube-score`,
            rounds: 1,
            floor: () => timedProgram(goBinary("kube-score"), ["score", "--output-format", "json", yaml], {}, [0, 1]),
            subject: all,
        },
        {
            name: `${deployments} Deployments: all rules / checkov`,
            rounds: 1,
            floor: () =>
                timedProgram(
                    checkov.program("checkov"),
                    ["--framework", "kubernetes", "--compact", "--quiet", "--output", "json", "--file", yaml],
                    {},
                    [0, 1],
                ),
            subject: all,
        },
    ];
}
