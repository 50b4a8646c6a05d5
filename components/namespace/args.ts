/** What the stack is for: it sets the Spring profile and the defaults for replicas and protection. */
export const Environment = {
    /** Production: three of each, protected. */
    Prod: "prod",
    /** Development and test: one of each, removed without a trace. */
    Dev: "dev",
} as const;
export type Environment = (typeof Environment)[keyof typeof Environment];

export interface NamespaceArgs {
    /**
     * What the stack is for. Sets the Spring profile and the defaults of appReplicas, appMaxReplicas, postgresInstances, postgresArchive and protect.
     * @default "prod"
     * @example "dev"
     */
    environment?: Environment;

    /**
     * Name of the Kubernetes namespace that holds everything.
     * @default "justdb-cloud"
     * @example "justdb-staging"
     */
    namespace?: string;

    /**
     * Create the namespace. With false it must exist, hold nothing else (the quota and the NetworkPolicies are for all of it), and enforce Pod Security Admission's level "restricted" by its own labels. Setting it to false later deletes the namespace, with the database in it, unless protect is true.
     * @default true
     * @example false
     */
    createNamespace?: boolean;

    /**
     * Refuse to delete what holds data (namespace, buckets, database, passwords), and keep it in place when it leaves the stack. Without it, a bucket is deleted with all that is in it.
     * @default true in prod, else false
     * @example false
     */
    protect?: boolean;

    /**
     * Names of Secrets of type kubernetes.io/dockerconfigjson in the namespace, for images in a private registry.
     * @default []
     * @example ["registry"]
     */
    imagePullSecrets?: string[];

    /**
     * Look, before anything is changed, whether the Secrets that other settings name are there, with their keys. Only who may get them can do so. With false they may come later: pods wait for them.
     * @default true
     * @example false
     */
    secretsPreflight?: boolean;
}
