import { type KubernetesObject, objectsOf } from "../lib/kubernetes/objects";
import { isChart } from "../lib/kubernetes/release";
import type { ResourceRule } from "../lib/rule";
import { checkCarried, type Place } from "../lib/secrets/carried";
import { notSecret } from "../lib/secrets/config";

/** What is marked is kept encrypted. */
const inProgram: Place = {
    advice: "mark it by pulumi.secret, or give the name of a Secret",
    isFine: ({ marked }) => marked,
};
const inCluster: Place = { advice: "give the name of a Secret" };

/** Where the objects of Argo CD, Flux and k3s hold a chart's values: everyone who may read the object reads them. */
const carriers: Record<string, string[][]> = {
    "argoproj.io/Application": [
        ["spec", "source", "helm"],
        ["spec", "sources"],
    ],
    "argoproj.io/ApplicationSet": [["spec", "template", "spec"]],
    "helm.toolkit.fluxcd.io/HelmRelease": [["spec", "values"]],
    "helm.cattle.io/HelmChart": [
        ["spec", "set"],
        ["spec", "valuesContent"],
    ],
    "helm.cattle.io/HelmChartConfig": [["spec", "valuesContent"]],
};

const placesIn = ({ group, kind, fields }: KubernetesObject) =>
    (carriers[`${group}/${kind}`] ?? []).map((path) => () => fields.at(...path));

export const secretInHelmValues: ResourceRule = {
    name: "secret-in-helm-values",
    description: "No password, token or key is a plain literal in the values of a Helm chart.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation:
        "Give the chart the name of an existing Secret, or take the value from a secret of the configuration: config.requireSecret.",
    config: { notSecret },
    check: (resource, judge, config) => {
        if (isChart(resource)) {
            for (const part of ["values", "valueYamlFiles", "repositoryOpts"])
                judge.part(() => checkCarried(resource.fields.at(part), inProgram, judge, config));
            return;
        }
        judge.each(objectsOf(resource).flatMap(placesIn), (values) => checkCarried(values(), inCluster, judge, config));
    },
};
