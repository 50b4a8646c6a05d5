import { type Autoscaler, Autoscalers, replicasOf } from "../lib/kubernetes/autoscalers";
import type { Field } from "../lib/field";
import type { Config, StackJudge, StackRule } from "../lib/rule";
import type { PlacedObject } from "../lib/stack";

const families = [
    { kind: "Deployment", groups: ["apps", "extensions"] },
    { kind: "Rollout", groups: ["argoproj.io"] },
];

function checkAutoscaler({ resource, least, most, defaults }: Autoscaler, judge: StackJudge, config: Config): void {
    const check = (field: Field, absent: number, needed: number) => {
        if (replicasOf(field, absent) < needed)
            judge.wrong(resource, field, `is too few; it must be ${needed} or more`);
    };
    judge.part(() => check(most, defaults.most, config.minimum as number));
    // One that scales to nothing when there is no work means to.
    if (defaults.least > 0) judge.part(() => check(least, defaults.least, config.autoscaledMinimum as number));
}

function checkReplicas({ resource, object }: PlacedObject, judge: StackJudge, { minimum }: Config): void {
    const replicas = object.fields.at("spec", "replicas");
    const problem = `it must be ${minimum as number} or more, or an autoscaler's`;
    if (replicas.absent) {
        if (!object.patch) judge.wrong(resource, replicas, `is missing, which is 1; ${problem}`);
        return;
    }
    // None at all is a workload that is switched off.
    const count = replicasOf(replicas, 1);
    if (count > 0 && count < (minimum as number)) judge.wrong(resource, replicas, `is ${count}; ${problem}`);
}

export const workloadReplicas: StackRule = {
    name: "workload-replicas",
    description:
        "Each Deployment and Rollout has at least two replicas, or an autoscaler that may go so far. One with the strategy " +
        "Recreate, whose pods must not run at once, is left out.",
    severity: "medium",
    level: "advisory",
    why: "How many replicas are enough is a matter of what an outage costs.",
    references: ["Kyverno require-deployments-have-multiple-replicas", "kube-score deployment-replicas"],
    remediation: "Set spec.replicas to two or more, or let an autoscaler scale the workload.",
    config: {
        minimum: {
            type: "integer",
            minimum: 1,
            description: "The fewest replicas, or the least that an autoscaler must be able to go up to.",
            default: 2,
        },
        autoscaledMinimum: {
            type: "integer",
            minimum: 1,
            description:
                "The least minReplicas of a HorizontalPodAutoscaler. By itself 1, as one that follows the load may go down " +
                "to one replica; raise it where an outage must not be.",
            default: 1,
        },
    },
    checkStack: (stack, judge, config) => {
        const autoscalers = new Autoscalers(stack, judge);
        judge.each(stack.objectsOf(...families), (placed) => {
            const { object } = placed;
            if (object.fields.at("spec", "strategy", "type").value === "Recreate") return;
            const autoscaler = autoscalers.of(object);
            if (autoscaler) checkAutoscaler(autoscaler, judge, config);
            else if (!autoscalers.unsure) checkReplicas(placed, judge, config);
        });
    },
};
