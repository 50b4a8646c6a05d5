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

/** A stack's state with some Deployments, as `pulumi stack export` writes it. */
function state(count: number): string {
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
        ...objects(count).map((object) => resource("kubernetes:apps/v1:Deployment", object)),
    ];
    const file = path.join(folder, `state-${count}.json`);
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
    const none = state(0);
    const many = state(deployments);
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
