import * as pulumi from "@pulumi/pulumi";
import type { Resolved } from "../parts";
import { labels, type Labels } from "./labels";
import { takenOver } from "./takeover";

/** What children in one place need: those in the cluster, or those in the AWS account. */
interface Place {
    settings: Resolved;
    /** Name of a child resource: it starts with the component's. */
    child: (suffix: string) => string;
    /** Options of a child: the component is its parent, what comes first is waited for. */
    options: (more?: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions;
    /** Options of a child that holds data: it is protected, and outlives its removal from the stack, where the settings say so. */
    stateful: (more?: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions;
}

export interface Metadata {
    name: string;
    namespace: string;
    labels: Labels;
    annotations: Labels;
}

/** Where Kubernetes objects are made. */
export interface Cluster extends Place {
    /** Metadata of an object in the namespace. It is taken over if it is there already, unless `takeover` says otherwise. */
    metadata: (name: string, more?: { labels?: Labels; annotations?: Labels; takeover?: Labels }) => Metadata;
}

/** Where resources of AWS are made. A Cluster in its place does not compile. */
export interface Account extends Place {
    metadata?: never;
}

/** What every part of the component is given. */
export interface Scope {
    settings: Resolved;
    cluster: Cluster;
    account: Account;
}

/** What a part gives to those that wait for it. */
export interface Waited {
    ready: pulumi.Resource[];
}

export function createScope(parent: pulumi.ComponentResource, name: string, settings: Resolved): Scope {
    const options = (more: pulumi.CustomResourceOptions = {}) => pulumi.mergeOptions({ parent }, more);
    const place: Place = {
        settings,
        child: (suffix) => `${name}-${suffix}`,
        options,
        stateful: (more) => options({ protect: settings.protect, retainOnDelete: settings.protect, ...more }),
    };
    const metadata: Cluster["metadata"] = (objectName, more = {}) => ({
        name: objectName,
        namespace: settings.namespace,
        labels: { ...settings.objectLabels, ...labels, ...more.labels },
        annotations: { ...settings.objectAnnotations, ...(more.takeover ?? takenOver), ...more.annotations },
    });
    return { settings, cluster: { ...place, metadata }, account: place };
}

/** The same place, for what comes after others. */
export function later<P extends Place>(place: P, ...waited: Waited[]): P {
    const dependsOn = waited.flatMap(({ ready }) => ready);
    const waiting = (more: pulumi.CustomResourceOptions = {}) => pulumi.mergeOptions({ dependsOn }, more);
    return {
        ...place,
        options: (more) => place.options(waiting(more)),
        stateful: (more) => place.stateful(waiting(more)),
    };
}

/** The same scope, for what comes after others. */
export const after = ({ settings, cluster, account }: Scope, ...waited: Waited[]): Scope => ({
    settings,
    cluster: later(cluster, ...waited),
    account: later(account, ...waited),
});

/** The same scope, in whose cluster all comes after others. Nothing of AWS waits. */
export const afterInCluster = (scope: Scope, ...waited: Waited[]): Scope => ({
    ...scope,
    cluster: later(scope.cluster, ...waited),
});

/** The same scope, for what outlives its removal from a stack that is protected, but may be replaced and removed by hand. */
export function retained({ settings, cluster, account }: Scope): Scope {
    const keep = <P extends Place>(place: P): P => ({
        ...place,
        options: (more) => place.options({ retainOnDelete: settings.protect, ...more }),
    });
    return { settings, cluster: keep(cluster), account: keep(account) };
}
