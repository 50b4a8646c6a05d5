import { Autoscalers, replicasOf } from "../lib/kubernetes/autoscalers";
import { disruptionBudgets, selectorOfBudget } from "../lib/kubernetes/disruption-budget";
import type { Field, UnknownValue } from "../lib/field";
import { type Family, isOf } from "../lib/kubernetes/objects";
import { ByNamespace } from "../lib/kubernetes/namespaces";
import type { StackJudge, StackRule } from "../lib/rule";
import type { PlacedObject, PlacedPod, Stack } from "../lib/stack";
import { podsOfStack, type StackPods } from "../lib/kubernetes/stack-pods";
import { settled } from "../lib/verdict";

/** The kinds that run a number of the same pod. */
const controllers: Family[] = [
    { kind: "Deployment", groups: ["apps", "extensions"] },
    { kind: "StatefulSet", groups: ["apps"] },
    { kind: "ReplicaSet", groups: ["apps", "extensions"] },
    { kind: "ReplicationController", groups: [""] },
    { kind: "Rollout", groups: ["argoproj.io"] },
];

const isController = ({ pod }: PlacedPod) => controllers.some((family) => isOf(pod.object, family));

const percent = (field: Field): number | undefined => {
    const found = /^(\d+)%$/.exec(field.text ?? "");
    return found ? Number(found[1]) : undefined;
};

/** How many of so many pods must be available; Kubernetes rounds a percentage up. */
function leastAvailable(minAvailable: Field, pods: number): number {
    const share = percent(minAvailable);
    return share === undefined ? minAvailable.number : Math.ceil((pods * share) / 100);
}

const remedy = "so that no node can be drained; let one pod be unavailable";

/** Says of a budget that it never lets a pod go, of as many as `count` says when that can be known. */
function checkBudget({ resource, object }: PlacedObject, count: () => number | undefined, judge: StackJudge): void {
    const spec = object.fields.at("spec");
    judge.part(() => {
        const most = spec.at("maxUnavailable");
        if (!most.absent && (percent(most) ?? most.number) === 0) judge.wrong(resource, most, `is 0, ${remedy}`);
    });
    judge.part(() => {
        const least = spec.at("minAvailable");
        if (least.absent) return;
        if ((percent(least) ?? 0) >= 100) return judge.wrong(resource, least, `is all of the pods, ${remedy}`);
        const pods = count();
        if (pods && leastAvailable(least, pods) >= pods)
            judge.wrong(resource, least, `is all of the pods when there are ${pods}, ${remedy}`);
    });
}

class Check {
    private readonly pods: StackPods;
    private readonly autoscalers: Autoscalers;
    /** How many budgets surely select a pod. */
    private readonly budgets = new Map<PlacedPod, number>();
    /** The value that says whether a budget selects a pod. */
    private readonly open = new Map<PlacedPod, UnknownValue>();

    constructor(
        private readonly stack: Stack,
        private readonly judge: StackJudge,
    ) {
        this.pods = podsOfStack(stack);
        this.autoscalers = new Autoscalers(stack, judge);
    }

    run(): void {
        const own = this.stack.objectsOf(disruptionBudgets).filter(({ object }) => !object.patch);
        const budgets = new ByNamespace(this.stack, own, (budget) => budget);
        for (const [namespace, inIt] of budgets.namespaces)
            this.judge.each(inIt, (budget) => this.checkBudget(namespace, budget));
        this.judge.each(budgets.open, ([budget, where]) => this.checkBudgetSomewhere(budget, where));
        for (const [, pods] of this.pods.all.namespaces) this.judge.each(pods, (pod) => this.checkPod(pod));
        this.judge.each(this.pods.all.open, ([, where]) => settled(where));
    }

    private checkBudget(namespace: string, budget: PlacedObject): void {
        const { sure, open } = this.pods.select(namespace, selectorOfBudget(budget));
        for (const pod of sure) this.budgets.set(pod, (this.budgets.get(pod) ?? 0) + 1);
        for (const [pod, value] of open) this.open.set(pod, value);
        const unknown = open[0]?.[1] ?? this.pods.unseen;
        checkBudget(budget, () => this.count(sure, unknown), this.judge);
    }

    private checkBudgetSomewhere(budget: PlacedObject, where: UnknownValue): void {
        for (const [namespace] of this.pods.all.namespaces) {
            const { sure, open } = this.pods.select(namespace, selectorOfBudget(budget));
            for (const pod of [...sure, ...open.map(([one]) => one)]) this.open.set(pod, where);
        }
        checkBudget(budget, () => settled<undefined>(where), this.judge);
    }

    /** How many pods a budget counts at the least; undefined when some do not come in a number that the stack says. */
    private count(pods: PlacedPod[], unknown: UnknownValue | undefined): number | undefined {
        if (this.autoscalers.unsure || !pods.every(isController)) return undefined;
        settled(unknown);
        return pods.reduce((sum, pod) => sum + this.replicas(pod), 0);
    }

    /** The fewest replicas that a controller has. Throws UnknownValue. */
    private replicas({ pod: { object } }: PlacedPod): number {
        const autoscaler = this.autoscalers.of(object);
        if (autoscaler) return replicasOf(autoscaler.least, autoscaler.defaults.least);
        return replicasOf(object.fields.at("spec", "replicas"), 1);
    }

    private checkPod(pod: PlacedPod): void {
        const { resource } = pod;
        const budgets = this.budgets.get(pod) ?? 0;
        if (budgets > 1) {
            const problem = `${budgets} PodDisruptionBudgets select its pods; with more than one Kubernetes evicts none`;
            this.judge.wrong(resource, undefined, problem);
        }
        if (budgets > 0 || !isController(pod) || this.autoscalers.unsure) return;
        const replicas = this.replicas(pod);
        if (replicas < 2) return;
        settled(this.open.get(pod));
        this.judge.wrong(resource, undefined, `has ${replicas} replicas but no PodDisruptionBudget selects its pods`);
    }
}

export const stackDisruptionBudget: StackRule = {
    name: "stack-disruption-budget",
    description:
        "A PodDisruptionBudget keeps some of several replicas running, and none keeps a node from being drained.",
    severity: "medium",
    level: "advisory",
    why: "An application may bear that all of its pods stop at once, and an operator may guard a database by a budget that lets none go.",
    references: [
        "kube-score statefulset-has-poddisruptionbudget",
        "Kyverno require-pdb",
        "kube-score deployment-has-poddisruptionbudget",
        "Polaris pdbDisruptionsIsZero",
    ],
    remediation:
        "Give what has two or more replicas one PodDisruptionBudget with maxUnavailable: 1. Never set maxUnavailable to 0, or minAvailable to " +
        "as many as there are replicas.",
    checkStack: (stack, judge) => new Check(stack, judge).run(),
};
