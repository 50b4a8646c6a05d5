import { chartArgs } from "./chart";

/** Something that the cluster must have already. */
export interface Requirement {
    /** The API by which it is known: group/version/Kind. */
    api: string;
    what: string;
    /** What to do without it. */
    fix: string;
}

/** The command that installs a chart of one version. */
export function helmInstall(release: string, reference: string, namespace: string): string {
    const { chart, version } = chartArgs(reference);
    return `helm install ${release} ${chart} --version ${version} --namespace ${namespace} --create-namespace`;
}
