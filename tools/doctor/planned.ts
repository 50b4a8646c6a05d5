// What a stack makes, by its own program: with no engine, no cluster and no account. So the rights that it takes are listed nowhere a second time.
import * as pulumi from "@pulumi/pulumi";
import { JustDbCloud, type JustDbCloudArgs } from "../../components";
import { actions } from "./actions";

/** A kind of object of Kubernetes. */
export interface Kind {
    apiVersion: string;
    kind: string;
    /** Empty: it is of the whole cluster. */
    namespace: string;
}

/** What must be allowed of a bucket or a user. */
interface Calls {
    actions: string[];
    /** Its ARN, with {partition} and {account} for what only AWS knows. */
    resource: string;
}

export interface Planned {
    kinds: Kind[];
    calls: Calls[];
}

/** Made by charts, which only a provider renders. */
const ofDatabaseChart = [{ apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster" }];
const ofOperatorChart = [
    ...["ServiceAccount", "ConfigMap", "Service"].map((kind) => ({ apiVersion: "v1", kind })),
    { apiVersion: "apps/v1", kind: "Deployment" },
];
const ofWholeCluster = [
    ...["ClusterRole", "ClusterRoleBinding"].map((kind) => ({ apiVersion: "rbac.authorization.k8s.io/v1", kind })),
    { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
    ...["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"].map((kind) => ({
        apiVersion: "admissionregistration.k8s.io/v1",
        kind,
    })),
];

interface Inputs {
    metadata?: { namespace?: string };
    namespace?: string;
    chart?: string;
    bucket?: string;
    path?: string;
}

interface Registered {
    type: string;
    name: string;
    inputs: Inputs;
}

function kindsOf(type: string, { metadata, namespace = "", chart = "" }: Inputs): Kind[] {
    if (type === "kubernetes:helm.sh/v4:Chart") {
        if (chart.endsWith("requirements/chart")) return [];
        const inNamespace = (kinds: Omit<Kind, "namespace">[]) => kinds.map((kind) => ({ ...kind, namespace }));
        if (chart.endsWith("database/chart")) return inNamespace(ofDatabaseChart);
        return [...inNamespace(ofOperatorChart), ...ofWholeCluster.map((kind) => ({ ...kind, namespace: "" }))];
    }
    const [, group, kind] = /^kubernetes:([^:]+):([^:]+)$/.exec(type) ?? [];
    if (group === undefined || kind === undefined) return [];
    return [{ apiVersion: group.replace(/^core\//, ""), kind, namespace: metadata?.namespace ?? "" }];
}

/** A name that is not set is made of the resource's own, with a random end. */
const made = (name: string) => `${name}-0123456`;

function callsOf(registered: Registered[]): Calls[] {
    const ofTypes = (types: RegExp) =>
        unique(registered.filter(({ type }) => types.test(type)).flatMap(({ type }) => actions[type] ?? []));
    const of = (wanted: string) => registered.filter(({ type }) => type === wanted);
    return [
        ...of("aws:s3/bucket:Bucket").map(({ name, inputs: { bucket = made(name) } }) => ({
            actions: ofTypes(/^aws:s3\//),
            resource: `arn:{partition}:s3:::${bucket}`,
        })),
        ...of("aws:kms/key:Key").map(() => ({ actions: ofTypes(/^aws:kms\//), resource: "*" })),
        ...of("aws:iam/user:User").map(({ name, inputs: { path = "/" } }) => ({
            actions: ofTypes(/^aws:iam\/(user|accessKey)/),
            resource: `arn:{partition}:iam::{account}:user${path}${made(name)}`,
        })),
        ...of("aws:iam/role:Role").map(({ name, inputs: { path = "/" } }) => ({
            actions: ofTypes(/^aws:(iam\/role|eks\/)/),
            resource: `arn:{partition}:iam::{account}:role${path}${made(name)}`,
        })),
    ];
}

const unique = <T>(values: T[]): T[] => [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];

/** Of a bucket that was there before, whatever it is. */
const call: pulumi.runtime.Mocks["call"] = ({ inputs }) => {
    const { bucket } = inputs as Inputs;
    return { bucket, arn: `arn:aws:s3:::${bucket}`, bucketRegion: "us-east-1" };
};

/** Registers the component under mocks. The configuration stays what it was set to. */
export async function planned(args: JustDbCloudArgs, project: string, stack: string): Promise<Planned> {
    const registered: Registered[] = [];
    const newResource: pulumi.runtime.Mocks["newResource"] = ({ type, name, inputs }) => {
        registered.push({ type, name, inputs: inputs as Inputs });
        return { id: name, state: inputs as Inputs };
    };
    await pulumi.runtime.setMocks({ newResource, call }, project, stack, true);
    new JustDbCloud("justdb", args);
    // Waits until all of it is registered. The SDK has this function, but not in its types.
    await (pulumi.runtime as unknown as { disconnect(): Promise<void> }).disconnect();
    return {
        kinds: unique(registered.flatMap(({ type, inputs }) => kindsOf(type, inputs))),
        calls: callsOf(registered),
    };
}
