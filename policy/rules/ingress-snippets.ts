import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import { ingresses } from "../lib/kubernetes/ingress";
import { isOf, type KubernetesObject, objectsOf } from "../lib/kubernetes/objects";
import type { ResourceRule } from "../lib/rule";

/** `configuration-snippet`, `server-snippet` and so on of ingress-nginx, `location-snippets` and so on of others. */
const snippet = /(?:^|[/-])snippets?$/;
/** Of haproxy-ingress, which also reads them from a Service. */
const haproxy =
    /^(?:haproxy-ingress\.github\.io|ingress\.kubernetes\.io)\/config-(?:backend|frontend|defaults|global|proxy|sections|tcp)\b/;

/**
 * Annotations of ingress-nginx that become a part of a line of its configuration: auth-url, auth-tls-match-cn, mirror-target and others
 * (CVE-2025-24514, CVE-2025-1097, CVE-2025-1098). What ends the line, or its block, begins another.
 */
const inLine = "nginx.ingress.kubernetes.io/";
const endsLine = /[\r\n;{}]/;
/** Braces of variables, and of numbers in regular expressions. */
const braces = /\$\{\w+\}|\{\d+,?\d*\}/g;

/** What these hold the template puts into the line as words of their own, so that one in quotes holds what it likes. */
const ofWords = [`${inLine}proxy-cookie-domain`, `${inLine}proxy-cookie-path`];
const quoted = /(?<!\S)(?:"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')(?!\S)/g;

function injects(key: string, text: string): boolean {
    const left = ofWords.includes(key) ? text.replace(quoted, "") : text;
    return key.startsWith(inLine) && endsLine.test(left.trim().replace(braces, ""));
}

function checkAnnotations({ fields }: KubernetesObject, judge: Judge): void {
    judge.each(fields.at("metadata", "annotations").entries, ([key, annotation]) => {
        if (snippet.test(key) || haproxy.test(key)) {
            if (!annotation.absent && annotation.text !== "")
                judge.wrong(annotation, "puts text into the controller's configuration; it must be absent");
        } else if (injects(key, annotation.text ?? ""))
            judge.wrong(
                annotation,
                "ends a line of the controller's configuration and begins another; it must be one value",
            );
    });
}

/** A block is opened for each path. One with braces or of several lines ends it, and opens its own; a semicolon alone does nothing there. */
function checkPaths({ fields }: KubernetesObject, judge: Judge): void {
    const paths = fields.at("spec", "rules").items.flatMap((rule) => rule.at("http", "paths").items);
    judge.each(paths, (each) => {
        const path = each.at("path");
        if (/[\r\n{}]/.test((path.text ?? "").replace(braces, "")))
            judge.wrong(
                path,
                "ends a block of the controller's configuration and begins another; it must be a path alone",
            );
    });
}

/** SnippetsFilter and SnippetsPolicy of NGINX Gateway Fabric; VirtualServer and others of NGINX Ingress Controller have them in many places. */
const ofNginx = /(?:^|\.)nginx\.org$/;
const maxDepth = 8;

function checkSnippets(field: Field, judge: Judge, depth = 0): void {
    judge.each([...field.entries, ...field.items.map((item): [string, Field] => ["", item])], ([key, part]) => {
        if (/snippets?$/i.test(key)) {
            if (!part.absent && part.text !== "" && !(Array.isArray(part.value) && part.items.length === 0))
                judge.wrong(part, "puts text into the controller's configuration; it must be absent");
        } else if (!part.unknown && depth < maxDepth) checkSnippets(part, judge, depth + 1);
    });
}

export const ingressSnippets: ResourceRule = {
    name: "ingress-snippets",
    description:
        "No Ingress, Service or custom resource puts text of its own into the configuration of its controller.",
    severity: "high",
    level: "mandatory",
    references: ["Kyverno disallow-ingress-nginx-custom-snippets", "CKV_K8S_153", "C-0059"],
    remediation:
        "Use the annotations, filters and policies made for what the snippet does. A snippet can read every Secret that the controller can " +
        "(CVE-2021-25742).",
    check: (resource, judge) =>
        judge.each(objectsOf(resource), (object) => {
            const isIngress = ingresses.some((family) => isOf(object, family));
            if (isIngress) checkPaths(object, judge);
            if (isIngress || isOf(object, { kind: "Service", groups: [""] })) checkAnnotations(object, judge);
            else if (ofNginx.test(object.group)) checkSnippets(object.fields.at("spec"), judge);
        }),
};
