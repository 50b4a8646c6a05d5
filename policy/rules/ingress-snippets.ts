import { ingresses } from "../lib/kubernetes/ingress";
import { eachObject, type ResourceRule } from "../lib/rule";

/** `configuration-snippet`, `server-snippet`, `auth-snippet`, `stream-snippet`, `modsecurity-snippet` of ingress-nginx, `location-snippets` and so on of others. */
const snippet = /(?:^|[/-])snippets?$/;

export const ingressSnippets: ResourceRule = {
    name: "ingress-snippets",
    description: "No Ingress puts text of its own into the configuration of its controller.",
    severity: "high",
    level: "mandatory",
    references: ["CKV_K8S_152", "CKV_K8S_153", "CKV_K8S_154", "C-0059"],
    remediation:
        "Use the annotations made for what the snippet does. A snippet can read every Secret that the controller can (CVE-2021-25742).",
    check: eachObject(ingresses, (ingress, judge) =>
        judge.each(ingress.fields.at("metadata", "annotations").entries, ([key, annotation]) => {
            if (snippet.test(key) && !annotation.absent && annotation.text !== "")
                judge.wrong(annotation, "puts text into the controller's configuration; it must be absent");
        }),
    ),
};
