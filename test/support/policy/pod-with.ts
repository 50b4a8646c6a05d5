// Pods that comply but for some values, for what the tests of one rule try.
import type { Rule } from "../../../policy/lib/rule";
import { put } from "./break";
import { type Given, judged, type Judged, type Props } from "./judge";
import { podResource } from "./pods";

type Path = (string | number)[];

/** A Pod with values put in, each with its place from the pod's spec on. */
export const podWith = (...puts: [at: Path, value: unknown][]): Given =>
    puts.reduce((pod, [at, value]) => put(pod, ["spec", ...at], value), podResource("Pod"));

/** A pod for Windows, without what cannot be set there. */
export function windowsPod(...puts: [at: Path, value: unknown][]): Given {
    const pod = podWith(
        [["os"], { name: "windows" }],
        [["securityContext"], { runAsNonRoot: true }],
        [["containers", 0, "securityContext"], {}],
        [["initContainers"], []],
    );
    return puts.reduce((it, [at, value]) => put(it, ["spec", ...at], value), pod);
}

/** The rule's judgement of a Pod with values put in. */
export const judgedWith = (rule: Rule, ...puts: [at: Path, value: unknown][]): Judged => judged(rule, podWith(...puts));

export const violationsWith = (rule: Rule, ...puts: [at: Path, value: unknown][]): string[] =>
    judgedWith(rule, ...puts).violations;

export const specOf = ({ props }: Given): Props & { containers: Props[]; initContainers: Props[] } =>
    props.spec as Props & { containers: Props[]; initContainers: Props[] };
