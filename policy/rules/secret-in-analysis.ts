import { type KubernetesObject, objectsOf } from "../lib/kubernetes/objects";
import type { ResourceRule } from "../lib/rule";
import { checkCarried, type Place } from "../lib/secrets/carried";
import { notSecret } from "../lib/secrets/config";

const template = [
    ["spec", "args"],
    ["spec", "metrics"],
];

/** Where the objects of Argo Rollouts hold what an analysis asks with. */
const carriers: Record<string, string[][]> = {
    "argoproj.io/AnalysisTemplate": template,
    "argoproj.io/ClusterAnalysisTemplate": template,
    "argoproj.io/AnalysisRun": template,
    "argoproj.io/Experiment": [["spec", "analyses"]],
    "argoproj.io/Rollout": [["spec", "strategy"]],
};

/** The pods of a Job are judged by secret-in-env; a reference holds names. */
const elsewhere = new Set(["job", "secretKeyRef", "fieldRef"]);

const place: Place = {
    advice: "take it from a Secret, by an argument with valueFrom.secretKeyRef",
    isFine: ({ path }) => path.some((step) => elsewhere.has(String(step))),
    isHeader: ({ path }) => path.includes("headers") && path.at(-1) === "value",
};

const placesIn = ({ group, kind, fields }: KubernetesObject) =>
    (carriers[`${group}/${kind}`] ?? []).map((path) => () => fields.at(...path));

export const secretInAnalysis: ResourceRule = {
    name: "secret-in-analysis",
    description:
        "No password, token or key is a plain literal in an analysis of Argo Rollouts: in arguments, headers, URLs or bodies.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation:
        "Give the AnalysisTemplate an argument with valueFrom.secretKeyRef, and refer to it where the value is needed: {{ args.token }}.",
    config: { notSecret },
    check: (resource, judge, config) =>
        judge.each(objectsOf(resource).flatMap(placesIn), (values) => checkCarried(values(), place, judge, config)),
};
