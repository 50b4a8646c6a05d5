import * as pulumi from "@pulumi/pulumi";
import type { Resolved } from "../resolve";
import { labels } from "./names";

type Labels = Record<string, string>;

/** What every part of the component is given. */
export interface Context {
    settings: Resolved;
    /** Name of a child resource: it starts with the component's. */
    child: (suffix: string) => string;
    /** Options of a child: the component is its parent, the namespace comes first. */
    options: (more?: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions;
    /** Options of a child that holds data: it is protected, and outlives its removal from the stack, where the settings say so. */
    stateful: (more?: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions;
    /** Metadata of a Kubernetes object in the namespace. */
    metadata: (
        name: string,
        more?: { labels?: Labels; annotations?: Labels },
    ) => {
        name: string;
        namespace: string;
        labels: Labels;
        annotations?: Labels;
    };
}

export function createContext(parent: pulumi.ComponentResource, name: string, settings: Resolved): Context {
    const options = (more: pulumi.CustomResourceOptions = {}) => pulumi.mergeOptions({ parent }, more);
    return {
        settings,
        child: (suffix) => `${name}-${suffix}`,
        options,
        stateful: (more) => options({ protect: settings.protect, retainOnDelete: settings.protect, ...more }),
        metadata: (objectName, more = {}) => ({
            ...more,
            name: objectName,
            namespace: settings.namespace,
            labels: { ...labels, ...more.labels },
        }),
    };
}

/** The same context for resources that live in the namespace. */
export function after(context: Context, dependsOn: pulumi.Resource[]): Context {
    const later = (more: pulumi.CustomResourceOptions = {}) => pulumi.mergeOptions({ dependsOn }, more);
    return {
        ...context,
        options: (more) => context.options(later(more)),
        stateful: (more) => context.stateful(later(more)),
    };
}

/** The same context for resources that outlive their removal from the stack where it is protected, but may be replaced and removed. */
export function retained(context: Context): Context {
    const retainOnDelete = context.settings.protect;
    return { ...context, options: (more) => context.options({ retainOnDelete, ...more }) };
}
