// What the rules of a Role or ClusterRole allow, decided as the API server does: by API group, resource and verb, `*` for any.
import type { Field } from "../field";
import type { Judge } from "../judge";
import type { KubernetesObject } from "./objects";
import { type Config, eachObject, type ResourceRule } from "../rule";

const rbac = ["rbac.authorization.k8s.io"];
export const clusterRole = { kind: "ClusterRole", groups: rbac };
export const role = { kind: "Role", groups: rbac };
export const bindings = ["ClusterRoleBinding", "RoleBinding"].map((kind) => ({ kind, groups: rbac }));

export interface Permission {
    /** Any of these API groups, "" for core; every one when there are none. */
    groups?: string[];
    resources: string[];
    verbs: string[];
    /** Only a ClusterRole can give it: the resource is of no namespace. */
    clusterWide?: boolean;
    /** Which names of objects are harmless, where a rule is for some names only. By itself all are. */
    harmless?: (name: string) => boolean;
    /** What it comes down to. */
    means: string;
    /** What to do in its place. */
    instead: string;
}

/** A check of each rule of a role. */
export const eachRbacRule = (
    check: (rule: Field, judge: Judge, config: Config, object: KubernetesObject) => void,
): ResourceRule["check"] =>
    eachObject([clusterRole, role], (object, judge, config) =>
        judge.each(object.fields.at("rules").items, (rule) => check(rule, judge, config, object)),
    );

/**
 * The first item of a list that is one of some; the one that is not known, when that leaves it open; nothing when it is sure that
 * there is none.
 */
function found(list: Field, isOne: (item: string) => boolean): Field | undefined {
    if (list.unknown) return list;
    const { items } = list;
    return items.find((item) => !item.unknown && isOne(item.text ?? "")) ?? items.find((item) => item.unknown);
}

/**
 * `pods/exec` is allowed by itself, by `*` and by a subresource of any resource: `*` with `/exec`. A permission for `userextras/*` is one
 * for any subresource.
 */
function allows(given: string, resource: string): boolean {
    if (given === "*" || given === resource) return true;
    const slash = resource.indexOf("/");
    if (slash < 0) return false;
    if (resource.endsWith("/*")) return given.startsWith(resource.slice(0, slash + 1)) || given.startsWith("*/");
    return given === `*${resource.slice(slash)}`;
}

/**
 * Whether the rule is for objects of some names, all of them harmless. A request for all objects has an empty name, so a rule for the
 * empty name is for all. Throws UnknownValue when it depends on a name that is not known.
 */
function isHarmless(rule: Field, harmless: Permission["harmless"]): boolean {
    const { items } = rule.at("resourceNames");
    const known = items.filter((item) => !item.unknown).map((item) => item.text ?? "");
    if (items.length === 0 || known.some((name) => name === "" || harmless?.(name) === false)) return false;
    return harmless === undefined || items.every((item) => !item.absent);
}

/**
 * The verb by which the rule gives the permission; nothing when it does not. Throws UnknownValue when that depends on a value that is
 * not known.
 */
export function granted(rule: Field, { groups, resources, verbs, harmless }: Permission): Field | undefined {
    const group = found(rule.at("apiGroups"), (given) => given === "*" || !groups || groups.includes(given));
    const resource = found(rule.at("resources"), (given) => resources.some((one) => allows(given, one)));
    const verb = found(rule.at("verbs"), (given) => given === "*" || verbs.includes(given));
    if (!group || !resource || !verb || isHarmless(rule, harmless)) return undefined;
    // Reading those that are not known throws.
    return [group, resource, verb].every((part) => !part.absent) ? verb : undefined;
}

/** What a rule gives by one of its verbs: one violation, however much it is. */
function problemOf(given: Permission[]): string {
    const more = given.length > 3 ? ` and ${given.length - 3} more rights of this kind` : "";
    const instead = given.length > 3 ? ["name each resource and verb that is needed"] : given.map((one) => one.instead);
    const means = given.slice(0, 3).map((one) => one.means);
    return `allows ${means.join(", ")}${more}; ${[...new Set(instead)].join("; ")}`;
}

/** A check that no role gives any of some permissions. */
export const noneGranted = (permissions: Permission[]): ResourceRule["check"] =>
    eachRbacRule((rule, judge, _config, { kind }) => {
        const found = new Map<string, { verb: Field; given: Permission[] }>();
        judge.each(permissions, (permission) => {
            if (permission.clusterWide && kind !== clusterRole.kind) return;
            const verb = granted(rule, permission);
            if (!verb) return;
            const at = found.get(verb.path) ?? { verb, given: [] };
            at.given.push(permission);
            found.set(verb.path, at);
        });
        for (const { verb, given } of found.values()) judge.wrong(verb, problemOf(given));
    });

/** A check of each role binding. */
export const eachBinding = (
    check: (object: KubernetesObject, judge: Judge, config: Config) => void,
): ResourceRule["check"] => eachObject(bindings, check);
