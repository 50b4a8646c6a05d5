import { isRelease, renderedRelease } from "../lib/kubernetes/release";
import type { StackRule } from "../lib/rule";

export const helmRelease: StackRule = {
    name: "helm-release",
    description:
        "The objects of a Helm Release can be judged: by the manifest that the provider gives, or by rendering its local chart.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation:
        "Use helm.v4.Chart, whose objects are resources of the stack, or keep the chart in a folder of the project; exempt a Release whose chart was read.",
    checkStack: (stack, judge) => {
        judge.each(stack.resources.filter(isRelease), (resource) => {
            const rendered = renderedRelease(resource);
            if ("hidden" in rendered)
                judge.wrong(resource, resource.fields.at("chart"), `hides its objects from all rules, as ${rendered.hidden}; use helm.v4.Chart, a local chart, or an exemption`); // prettier-ignore
        });
    },
};
