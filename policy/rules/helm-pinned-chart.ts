import type { Field } from "../lib/field";
import { localChart } from "../lib/kubernetes/helm";
import type { Judge } from "../lib/judge";
import { isChart } from "../lib/kubernetes/release";
import type { ResourceRule } from "../lib/rule";

/** No range, no `1.x`, no `latest`. */
const exact = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
const digest = /@sha256:[0-9a-f]{64}$/;
const scheme = /^([a-z][a-z0-9+.-]*):\/\//i;

const schemeOf = (url: string) => scheme.exec(url)?.[1]?.toLowerCase();
const isPath = (chart: string) => /^(?:\.{0,2}\/|[A-Za-z]:\\|.*\.tgz$)/.test(chart) || localChart(chart) !== undefined;

function checkVersion(version: Field, judge: Judge): void {
    if (version.absent || version.text === "")
        judge.wrong(version, "is missing, so each update may install another chart; give the exact version");
    else if (!exact.test(version.text ?? "")) judge.wrong(version, "is no exact version such as 1.2.3");
}

function checkRepository(repository: Field, judge: Judge): void {
    const url = repository.text;
    if (!url)
        judge.wrong(
            repository,
            "is missing, so the chart comes from wherever this machine's helm is set up to; give the https:// or oci:// address",
        );
    else if (!["https", "oci"].includes(schemeOf(url) ?? "")) judge.wrong(repository, "is neither https:// nor oci://");
}

/** By what the chart is: an archive's address, an OCI reference, a local path, or a name in a repository. */
function check(fields: Field, judge: Judge): void {
    const chart = fields.at("chart");
    const name = chart.text;
    if (name === undefined) return;
    const version = fields.at("version");
    const repository = fields.at("repositoryOpts", "repo");
    const named = schemeOf(name);
    if (named === "oci") {
        if (!digest.test(name)) judge.part(() => checkVersion(version, judge));
    } else if (named !== undefined) {
        if (named !== "https") judge.wrong(chart, "is neither https:// nor oci://");
    } else if (!repository.absent || !isPath(name)) {
        judge.part(() => checkVersion(version, judge));
        judge.part(() => checkRepository(repository, judge));
    }
}

export const helmPinnedChart: ResourceRule = {
    name: "helm-pinned-chart",
    description: "Helm charts have an exact version and come from an https or OCI repository, or from a local path.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation: "Set version to an exact one such as 1.2.3, and repositoryOpts.repo to an https:// or oci:// address.",
    why: "The inputs of a helm.v4.Chart are not shown to policies, so its version cannot be judged; the objects that it renders are, by all rules.",
    check: (resource, judge) => {
        if (isChart(resource)) judge.part(() => check(resource.fields, judge));
    },
};
