import type { core } from "@pulumi/kubernetes/types/input";

export interface PlacementArgs {
    /**
     * Labels of the nodes that pods may run on: those of the whole stack, but where appNodeSelector or postgresNodeSelector say otherwise.
     * @default {}
     * @example {"karpenter.sh/nodepool": "justdb"}
     */
    nodeSelector?: Record<string, string>;

    /**
     * Taints of nodes that pods put up with, as Kubernetes has them: those of the whole stack, but where appTolerations or postgresTolerations say otherwise.
     * @default []
     * @example [{"key": "dedicated", "operator": "Equal", "value": "justdb", "effect": "NoSchedule"}]
     */
    tolerations?: core.v1.Toleration[];

    /**
     * To which nodes and beside which pods Kubernetes puts pods, as it has it: nodeAffinity, podAffinity, podAntiAffinity. Of the whole stack, but where appAffinity or postgresAffinity say otherwise.
     * @default {}
     * @example {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64"]}]}]}}}
     */
    affinity?: core.v1.Affinity;

    /**
     * Name of the PriorityClass of pods: those of the whole stack, but where appPriorityClass or postgresPriorityClass say otherwise. It must exist. Empty: the cluster's default.
     * @default ""
     * @example "business-critical"
     */
    priorityClass?: string;

    /**
     * The same as nodeSelector for the app's pods alone, in its place.
     * @default nodeSelector
     * @example {"karpenter.sh/nodepool": "apps"}
     */
    appNodeSelector?: Record<string, string>;

    /**
     * The same as tolerations for the app's pods alone, in their place.
     * @default tolerations
     * @example [{"key": "spot", "operator": "Exists"}]
     */
    appTolerations?: core.v1.Toleration[];

    /**
     * The same as affinity for the app's pods alone, in its place. They are spread over nodes and zones in any case.
     * @default affinity
     * @example {"podAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": []}}
     */
    appAffinity?: core.v1.Affinity;

    /**
     * The same as priorityClass for the app's pods alone, in its place.
     * @default priorityClass
     * @example "business-critical"
     */
    appPriorityClass?: string;

    /**
     * The same as nodeSelector for the pods of a managed PostgreSQL alone, in its place. Another one starts the instances anew, one after the other.
     * @default nodeSelector
     * @example {"karpenter.sh/nodepool": "databases"}
     */
    postgresNodeSelector?: Record<string, string>;

    /**
     * The same as tolerations for the pods of a managed PostgreSQL alone, in their place.
     * @default tolerations
     * @example [{"key": "dedicated", "operator": "Equal", "value": "databases", "effect": "NoSchedule"}]
     */
    postgresTolerations?: core.v1.Toleration[];

    /**
     * The same as affinity for the pods of a managed PostgreSQL alone, in its place. Its operator keeps instances apart in any case.
     * @default affinity
     * @example {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": []}}
     */
    postgresAffinity?: core.v1.Affinity;

    /**
     * The same as priorityClass for the pods of a managed PostgreSQL alone, in its place.
     * @default priorityClass
     * @example "databases"
     */
    postgresPriorityClass?: string;

    /**
     * Labels of all Kubernetes objects of the stack, its namespace and its pods among them, beside the stack's own. Other labels roll the pods.
     * @default {}
     * @example {"cost-center": "4711"}
     */
    objectLabels?: Record<string, string>;

    /**
     * Annotations of all Kubernetes objects of the stack, its namespace and its pods among them, beside the stack's own. Other annotations roll the pods.
     * @default {}
     * @example {"example.com/owner": "team-data"}
     */
    objectAnnotations?: Record<string, string>;

    /**
     * Labels of all pods of the stack alone, over those of objectLabels. On PostgreSQL's pods they come by its operator, which puts them on all that it makes.
     * @default {}
     * @example {"example.com/log-format": "json"}
     */
    podLabels?: Record<string, string>;

    /**
     * Annotations of all pods of the stack alone, over those of objectAnnotations. On PostgreSQL's pods they come by its operator, which puts them on all that it makes.
     * @default {}
     * @example {"example.com/backup": "false"}
     */
    podAnnotations?: Record<string, string>;
}
