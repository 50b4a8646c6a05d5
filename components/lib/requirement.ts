import { chartArgs } from "./chart";

/** Something that the cluster must have already. */
export interface Requirement {
    /** The API by which it is known: group/version/Kind. */
    api: string;
    /** The object of that API that is meant. Where the API is missing, that is a requirement of its own. */
    object?: NamedObject;
    what: string;
    /** What to do without it. */
    fix: string;
}

interface NamedObject {
    name: string;
    /** Empty: it is of the whole cluster. */
    namespace: string;
    /** Names of those that a Gateway must have. */
    listeners: string[];
}

/** What an update must not change of an object that is there already, unless it is told to. One that is not there agrees. */
export interface Agreement {
    /** The object, in the namespace. */
    apiVersion: string;
    kind: string;
    name: string;
    /** The paths of the value, parts joined by dots. The first that leads to one counts. */
    paths: string[];
    /** Regular expressions: which values are looked at, and which of these agree. */
    where: string;
    agrees: string;
    /** Values that are let through whatever they are. */
    accepted: string[];
    what: string;
    /** What to do. The value is added to its end. */
    fix: string;
}

/** The command that installs a chart of one version. */
export function helmInstall(release: string, reference: string, namespace: string): string {
    const { chart, version } = chartArgs(reference);
    return `helm install ${release} ${chart} --version ${version} --namespace ${namespace} --create-namespace`;
}
