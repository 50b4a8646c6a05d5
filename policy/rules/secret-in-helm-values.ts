import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import { type KubernetesObject, objectsOf } from "../lib/kubernetes/objects";
import { fieldAt, leavesOfField } from "../lib/secrets/leaves";
import { isChart } from "../lib/kubernetes/release";
import type { Config, ResourceRule } from "../lib/rule";
import { notSecret } from "../lib/secrets/config";
import { keysLike, secretsIn, told } from "../lib/secrets/secret-like";

interface Place {
    /** What is marked there is kept encrypted. */
    marksHelp: boolean;
    advice: string;
}

function checkValues(values: Field, place: Place, judge: Judge, config: Config): void {
    const options = { notSecret: keysLike(config.notSecret as string[]), names: true };
    judge.each(leavesOfField(values), ({ value, unknown, path, key, marked }) => {
        if (marked && place.marksHelp) return;
        const found = typeof value === "string" ? secretsIn(key, value, options) : [];
        if (!unknown && found.length === 0) return;
        const field = fieldAt(values, path);
        if (!field.absent) judge.wrong(field, `holds ${told(found)}; ${place.advice}`);
    });
}

const inProgram: Place = { marksHelp: true, advice: "mark it by pulumi.secret, or give the name of a Secret" };
const inCluster: Place = { marksHelp: false, advice: "give the name of a Secret" };

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
                judge.part(() => checkValues(resource.fields.at(part), inProgram, judge, config));
            return;
        }
        judge.each(objectsOf(resource).flatMap(placesIn), (values) => checkValues(values(), inCluster, judge, config));
    },
};
