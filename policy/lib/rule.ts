// What a rule is. A rule is a plain object of its own file in rules/.
import type { EnforcementLevel, Severity } from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import type { Field } from "./field";
import type { Judge } from "./judge";
import { type Family, isOf, type KubernetesObject, objectsOf } from "./kubernetes/objects";
import { type Container, containerLists, type Pod, podsOf, podTextsOf } from "./kubernetes/pods";
import type { Resource, StackResource } from "./resource";
import type { Stack } from "./stack";

interface RuleInfo {
    /** Unique, with the family's prefix: `pod-security-privileged`. */
    name: string;
    /** One sentence that says what holds when the rule is kept. */
    description: string;
    severity: Severity;
    /** What a violation does unless the configuration says otherwise. */
    level: Exclude<EnforcementLevel, "remediate">;
    /** What judges the same, and says the same of it, in other scanners and standards, by their ids: `PSA privileged`, `CKV_K8S_16`, `S3.5`. */
    references: string[];
    /** What to do about a violation. */
    remediation: string;
    /** Why the rule is not on, or not mandatory, by itself; for docs/policies.md. */
    why?: string;
    /** The rule's own settings, each with description and default. */
    config?: Record<string, PolicyConfigJSONSchema>;
}

/** Settings of a rule, with the defaults of its schema filled in. */
export type Config = Record<string, unknown>;

/** A rule's settings as they are given, over its defaults. */
export function withDefaults(rule: Rule, given: Config): Config {
    const defaults = Object.entries(rule.config ?? {}).map(([key, schema]) => [key, schema.default] as const);
    return { ...Object.fromEntries(defaults), ...given };
}

export interface ResourceRule extends RuleInfo {
    check: (resource: Resource, judge: Judge, config: Config) => void;
    /** Puts a safe value into the resource's fields; says whether it changed anything. Only runs at the level `remediate`. */
    remediate?: (resource: Resource) => boolean;
}

/** What a stack rule says: of one resource, or of the stack as a whole. */
export interface StackJudge {
    wrong: (resource: StackResource | undefined, field: Field | undefined, problem: string) => void;
    part: Judge["part"];
    each: Judge["each"];
}

export interface StackRule extends RuleInfo {
    checkStack: (stack: Stack, judge: StackJudge, config: Config) => void;
}

export type Rule = ResourceRule | StackRule;

export const isStackRule = (rule: Rule): rule is StackRule => "checkStack" in rule;

/** A check of each Kubernetes object of some families. */
export const eachObject =
    (
        families: Family[],
        check: (object: KubernetesObject, judge: Judge, config: Config) => void,
    ): ResourceRule["check"] =>
    (resource, judge, config) => {
        judge.each(objectsOf(resource), (object) => {
            if (families.some((family) => isOf(object, family))) check(object, judge, config);
        });
    };

/** A check of each pod and pod template. What looks like one but is a text is among what was not judged. */
export const eachPod =
    (check: (pod: Pod, judge: Judge, config: Config) => void): ResourceRule["check"] =>
    (resource, judge, config) => {
        for (const text of podTextsOf(resource)) judge.unknowns.add(text);
        judge.each(podsOf(resource), (pod) => check(pod, judge, config));
    };

/** A check of each container, init container and ephemeral container. */
export const eachContainer = (
    check: (container: Container, pod: Pod, judge: Judge, config: Config) => void,
): ResourceRule["check"] =>
    eachPod((pod, judge, config) =>
        judge.each(containerLists, (list) =>
            judge.each(pod.containers(list), (container) => check(container, pod, judge, config)),
        ),
    );
