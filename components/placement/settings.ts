import * as a from "../config/setting";
import type { Setting } from "../config/setting";
import type { PlacementArgs } from "./args";

type Options = Parameters<typeof a.text>[2];

const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** As the API server takes it, which would refuse it in the middle of an update. */
function isToleration({ key, operator = "Equal", value, effect, tolerationSeconds, ...more }: Record<string, unknown>) {
    const isAny = operator === "Exists" && value === undefined && (key === undefined || a.isMetadataName(key));
    const isOne = operator === "Equal" && a.isMetadataName(key) && (value === undefined || a.isLabelValue(value));
    const isFor = effect === undefined || effects.includes(effect as string);
    const isTimed = tolerationSeconds === undefined || (Number.isInteger(tolerationSeconds) && effect === "NoExecute");
    return (isAny || isOne) && isFor && isTimed && Object.keys(more).length === 0;
}

const tolerations = (options: Options) =>
    a.objects(
        `a list of tolerations: key, operator (Exists, or Equal with value), effect (${effects.join(", ")}), and with NoExecute tolerationSeconds`,
        isToleration,
        options,
    );

const affinities = ["nodeAffinity", "podAffinity", "podAntiAffinity"];

const affinity = (options: Options) =>
    a.map(
        `${affinities.join(", ")}, each as Kubernetes has it`,
        ([kind, item]) => affinities.includes(kind) && a.isObject(item),
        options,
    );

/** In the place of that of the whole stack. */
const priorityClass = (example: string): Setting => ({
    ...a.dnsName({ default: "", example }),
    default: (s) => s.priorityClass,
});

const dedicated = [{ key: "dedicated", operator: "Equal", value: "justdb", effect: "NoSchedule" }];
const onAmd64 = {
    nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
                { matchExpressions: [{ key: "kubernetes.io/arch", operator: "In", values: ["amd64"] }] },
            ],
        },
    },
};

export const schema: a.Schema<PlacementArgs> = {
    nodeSelector: a.podLabels({ default: {}, example: { "karpenter.sh/nodepool": "justdb" } }),
    tolerations: tolerations({ default: [], example: dedicated }),
    affinity: affinity({ default: {}, example: onAmd64 }),
    priorityClass: a.dnsName({ default: "", example: "business-critical" }),
    appNodeSelector: a.podLabels({ default: (s) => s.nodeSelector, example: { "karpenter.sh/nodepool": "apps" } }),
    appTolerations: tolerations({ default: (s) => s.tolerations, example: dedicated }),
    appAffinity: affinity({ default: (s) => s.affinity, example: onAmd64 }),
    appPriorityClass: priorityClass("business-critical"),
    postgresNodeSelector: a.podLabels({
        default: (s) => s.nodeSelector,
        example: { "karpenter.sh/nodepool": "databases" },
    }),
    postgresTolerations: tolerations({ default: (s) => s.tolerations, example: dedicated }),
    postgresAffinity: affinity({ default: (s) => s.affinity, example: onAmd64 }),
    postgresPriorityClass: priorityClass("databases"),
    objectLabels: a.podLabels({ default: {}, example: { "cost-center": "4711" } }),
    objectAnnotations: a.annotations({ default: {}, example: { "example.com/owner": "team-data" } }),
    podLabels: a.podLabels({ default: {}, example: { "example.com/log-format": "json" } }),
    podAnnotations: a.annotations({ default: {}, example: { "example.com/backup": "false" } }),
};
