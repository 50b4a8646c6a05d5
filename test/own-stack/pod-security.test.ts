import assert from "node:assert/strict";
import type { Rule } from "../../policy/lib/rule";
import { podSecurityApparmor } from "../../policy/rules/pod-security-apparmor";
import { podSecurityCapabilities } from "../../policy/rules/pod-security-capabilities";
import { podSecurityHostNamespaces } from "../../policy/rules/pod-security-host-namespaces";
import { podSecurityHostPorts } from "../../policy/rules/pod-security-host-ports";
import { podSecurityHostProbes } from "../../policy/rules/pod-security-host-probes";
import { podSecurityPrivilegeEscalation } from "../../policy/rules/pod-security-privilege-escalation";
import { podSecurityPrivileged } from "../../policy/rules/pod-security-privileged";
import { podSecurityProcMount } from "../../policy/rules/pod-security-proc-mount";
import { podSecurityRunAsNonRoot } from "../../policy/rules/pod-security-run-as-non-root";
import { podSecurityRunAsUser } from "../../policy/rules/pod-security-run-as-user";
import { podSecuritySeccomp } from "../../policy/rules/pod-security-seccomp";
import { podSecuritySelinux } from "../../policy/rules/pod-security-selinux";
import { podSecuritySysctls } from "../../policy/rules/pod-security-sysctls";
import { podSecurityVolumeTypes } from "../../policy/rules/pod-security-volume-types";
import { podSecurityWindowsHostProcess } from "../../policy/rules/pod-security-windows-host-process";
import { apply, kubectl, say, waitFor } from "../../sandbox";
import { type Answer, ApiServer } from "../support/api-server";
import { type Given, judged, type Props } from "../support/policy/judge";
import { type GeneratedPod, generatedPods, podsWithEphemeralContainer } from "../support/policy/pod-generator";
import { removeNamespaces } from "../support/cluster";

/** Each check of the API server, as its message names it, and the rule that is the same. */
const checks: Record<string, Rule> = {
    "allowPrivilegeEscalation != false": podSecurityPrivilegeEscalation,
    "forbidden AppArmor profile": podSecurityApparmor,
    "forbidden AppArmor profiles": podSecurityApparmor,
    "forbidden sysctls": podSecuritySysctls,
    "host namespaces": podSecurityHostNamespaces,
    hostPort: podSecurityHostPorts,
    hostProcess: podSecurityWindowsHostProcess,
    privileged: podSecurityPrivileged,
    "probe or lifecycle host": podSecurityHostProbes,
    procMount: podSecurityProcMount,
    "restricted volume types": podSecurityVolumeTypes,
    "runAsNonRoot != true": podSecurityRunAsNonRoot,
    "runAsUser=0": podSecurityRunAsUser,
    seLinuxOptions: podSecuritySelinux,
    seccompProfile: podSecuritySeccomp,
    "unrestricted capabilities": podSecurityCapabilities,
};
const rules = [...new Set(Object.values(checks))];

const namespace = "pod-security-agreement";
const seed = 1340;

/** What `work` makes of each, a few at a time. */
async function each<T, R>(all: T[], work: (one: T) => Promise<R>): Promise<R[]> {
    const results: R[] = [];
    const queue = all.entries();
    const worker = async () => {
        for (const [index, one] of queue) results[index] = await work(one);
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    return results;
}

/** The rules that the API server's words stand for; undefined when they do not speak of Pod Security. */
function rulesIn(words: string): Set<string> | undefined {
    const reasons = /violates? PodSecurity "restricted:v1\.34": (.*)/.exec(words)?.[1];
    if (reasons === undefined) return undefined;
    // A list of reasons, each with its details in parentheses.
    const named = reasons.replace(/ \([^()]*\)/g, "").split(", ");
    return new Set(
        named.map((reason) => {
            assert.ok(checks[reason], `the API server names a check that no rule is for: ${reason}`);
            return checks[reason].name;
        }),
    );
}

const rulesBroken = (given: Given): Set<string> =>
    new Set(rules.filter((rule) => judged(rule, given).violations.length > 0).map(({ name }) => name));

/** In its node's network, the API server gives a pod the node's ports by itself, and names those too. */
function namesHostPortsItself({ props }: GeneratedPod): boolean {
    const spec = props.spec as { hostNetwork?: boolean; containers: Props[]; initContainers: Props[] };
    return spec.hostNetwork === true && [...spec.containers, ...spec.initContainers].some(({ ports }) => ports);
}

interface Kind {
    type: string;
    path: string;
    made: (pod: Props) => { apiVersion: string; kind: string } & Props;
}

const podKind: Kind = {
    type: "kubernetes:core/v1:Pod",
    path: `api/v1/namespaces/${namespace}/pods`,
    made: (pod) => ({ apiVersion: "v1", kind: "Pod", ...pod }),
};

/** A kind with a template of pods. */
const templated = (apiVersion: string, kind: string, wrap: (template: Props) => Props): Kind => ({
    type: `kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kind}`,
    path: `${apiVersion === "v1" ? "api" : "apis"}/${apiVersion}/namespaces/${namespace}/${kind.toLowerCase()}s`,
    made: (pod) => {
        const template = { ...pod, metadata: { ...(pod.metadata as Props), labels: { app: "it" } } };
        return { apiVersion, kind, metadata: { name: "it" }, ...wrap(template) };
    },
});

const selecting = (template: Props) => ({ spec: { selector: { matchLabels: { app: "it" } }, template } });
const job = (template: Props) => ({
    spec: { template: { ...template, spec: { ...(template.spec as Props), restartPolicy: "Never" } } },
});

const templateKinds: Kind[] = [
    templated("apps/v1", "Deployment", selecting),
    templated("apps/v1", "ReplicaSet", selecting),
    templated("apps/v1", "DaemonSet", selecting),
    templated("apps/v1", "StatefulSet", selecting),
    templated("v1", "ReplicationController", (template) => ({ spec: { selector: { app: "it" }, template } })),
    templated("v1", "PodTemplate", (template) => ({ template })),
    templated("batch/v1", "Job", job),
    templated("batch/v1", "CronJob", (template) => ({ spec: { schedule: "0 3 * * *", jobTemplate: job(template) } })),
];

interface Comparison {
    pod: GeneratedPod;
    given: Given;
    /** The rules that stand for what the API server objects to. */
    theirs: Set<string>;
}

/** That the rules broken are those that the API server names, for each pod, and that enough of the pods were of each sort. */
function assertAgreement(comparisons: Comparison[], enough: number): void {
    const refused = comparisons.filter(({ theirs }) => theirs.size > 0);
    const complying = comparisons.length - refused.length;
    say(`    ${complying} comply, ${refused.length} do not`);

    const disagreements = comparisons.flatMap(({ pod, given, theirs }) => {
        const ours = rulesBroken(given);
        const implied = (name: string) =>
            name === podSecurityHostPorts.name && theirs.has(name) && namesHostPortsItself(pod);
        const differing = rules.filter(({ name }) => ours.has(name) !== theirs.has(name) && !implied(name));
        if (differing.length === 0 && ours.size > 0 === theirs.size > 0) return [];
        const list = (names: Set<string>) => [...names].sort().join(", ") || "nothing";
        return [`${given.type}: ${pod.title}\n  the pack:       ${list(ours)}\n  the API server: ${list(theirs)}`];
    });
    assert.equal(disagreements.length, 0, `${disagreements.length} disagreements:\n${disagreements.join("\n")}`);
    assert.ok(complying >= enough && refused.length >= enough, "too few of one verdict to mean something");
}

/** That each of the API server's checks was broken by some pod. */
function assertAllTried(comparisons: Comparison[]): void {
    const named = new Set(comparisons.flatMap(({ theirs }) => [...theirs]));
    const untried = rules.map(({ name }) => name).filter((name) => !named.has(name));
    assert.deepEqual(untried, [], "rules whose check no pod has broken");
}

describe("the pod-security rules, against the API server's own Pod Security admission", () => {
    let server: ApiServer;
    const pods = generatedPods(seed, { pairs: 200, wild: 150 });

    before(async () => {
        server = new ApiServer();
        say(`    ${pods.length} pods of the seed ${seed}`);
        const levels = ["enforce", "warn"].flatMap((mode) => [
            [`pod-security.kubernetes.io/${mode}`, "restricted"],
            [`pod-security.kubernetes.io/${mode}-version`, "v1.34"],
        ]);
        const labels = Object.fromEntries(levels) as Record<string, string>;
        await apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } }]);
        // No pod is admitted before its service account is there.
        await waitFor("the namespace's service account", 30_000, async () => {
            await kubectl(["-n", namespace, "get", "serviceaccount", "default"]);
            return true;
        });
    });

    after(async () => {
        server.close();
        await removeNamespaces(namespace);
    });

    /** What the API server says of a pod; undefined when the pod is invalid, which it finds first. */
    function compared(pod: GeneratedPod, given: Given, { status, message, warnings }: Answer): Comparison | undefined {
        if (status === 422) return undefined;
        // It refuses pods, and warns of templates.
        const theirs = [message, ...warnings].map(rulesIn).find((names) => names);
        assert.ok(status < 300 || theirs, `${pod.title}: ${status} ${message}`);
        return { pod, given, theirs: theirs ?? new Set() };
    }

    async function compareAll(kinds: Kind[]): Promise<Comparison[]> {
        const all = pods.map((pod, index) => ({ pod, kind: kinds[index % kinds.length]! }));
        const results = await each(all, async ({ pod, kind: { made, path, type } }) => {
            const props = made(pod.props);
            return compared(pod, { type, props }, await server.create(path, props));
        });
        return results.filter((it) => it !== undefined);
    }

    it("decide on pods as it does, check by check", async () => {
        const comparisons = await compareAll([podKind]);
        assertAgreement(comparisons, 200);
        assertAllTried(comparisons);
    });

    it("decide on templates of pods as it does, check by check", async () => {
        const comparisons = await compareAll(templateKinds);
        assertAgreement(comparisons, 200);
        assertAllTried(comparisons);
    });

    it("decide on ephemeral containers as it does, check by check", async () => {
        // They can only be added to a pod that is there. This one never runs, as no node has the label.
        const { props } = generatedPods(seed, { pairs: 0, wild: 0 })[0]!;
        const spec = { ...(props.spec as Props), nodeSelector: { "example.com/node": "none" } };
        await apply([{ apiVersion: "v1", kind: "Pod", metadata: { name: "it", namespace }, spec }]);
        const path = `${podKind.path}/it/ephemeralcontainers`;
        const results = await each(podsWithEphemeralContainer(), async (pod) => {
            const { ephemeralContainers } = pod.props.spec as Props;
            const answer = await server.patch(path, { spec: { ephemeralContainers } });
            return compared(pod, { type: podKind.type, props: pod.props }, answer);
        });
        assertAgreement(
            results.filter((it) => it !== undefined),
            20,
        );
    });
});
