import { accountOf } from "../lib/aws/account";
import { owners, type SoleSetting, soleSettings, wholeLists } from "../lib/aws/sole-settings";
import type { Field } from "../lib/field";
import type { StackResource } from "../lib/resource";
import type { StackJudge, StackRule } from "../lib/rule";
import type { Stack } from "../lib/stack";

type Kind = keyof typeof owners;

/** Finds the resource that a property names, by what is known of its names, or by where the value comes from. */
class Owners {
    private readonly byName = new Map<string, string>();
    private readonly urns: Set<string>;
    readonly resources: StackResource[];

    constructor(stack: Stack, kind: Kind) {
        const { type, names } = owners[kind];
        this.resources = stack.ofType(type);
        this.urns = new Set(this.resources.map(({ urn }) => urn));
        for (const resource of this.resources) {
            for (const field of names.map((key) => resource.fields.at(key))) {
                if (!field.unknown && field.text) this.byName.set(scoped(kind, resource, field.text), resource.urn);
            }
        }
    }

    /** Its URN, or its name when it is of another stack; undefined when it cannot be told. */
    of(kind: Kind, resource: StackResource, property: string): string | undefined {
        const field = resource.fields.at(property);
        if (!field.unknown) {
            if (!field.text) return undefined;
            const name = scoped(kind, resource, field.text);
            return this.byName.get(name) ?? name;
        }
        // What a component gives out may be of any of its resources.
        const sources = (resource.propertyDependencies[property] ?? []).filter((urn) => this.urns.has(urn));
        return sources.length === 1 ? sources[0] : undefined;
    }
}

/** A bucket's name is the only one of the world, a role's one of its account. */
const scoped = (kind: Kind, resource: StackResource, name: string) =>
    kind === "bucket" ? name : `${accountOf(resource)} ${name}`;

/** What the program has set itself: the rest of a bucket's properties tells what others have set. */
const isSet = ({ inputs, fields }: StackResource, property: string) =>
    inputs.has(property) && (fields.at(property).unknown || !isEmpty(fields.at(property)));

const isEmpty = (field: Field) =>
    field.absent || field.value === "" || (Array.isArray(field.value) && field.items.length === 0);

interface Setter {
    resource: StackResource;
    field: Field;
}

function group(groups: Map<string, Setter[]>, key: string, setter: Setter): void {
    const setters = groups.get(key);
    if (setters) setters.push(setter);
    else groups.set(key, [setter]);
}

function settersOf(stack: Stack, setting: SoleSetting, known: Owners): Map<string, Setter[]> {
    const groups = new Map<string, Setter[]>();
    for (const resource of stack.ofType(setting.by.type)) {
        const owner = known.of(setting.owner, resource, setting.by.of);
        const name = setting.each ? resource.fields.at(setting.each) : undefined;
        if (owner === undefined || (name && (name.unknown || !name.text))) continue;
        group(groups, `${owner} ${name?.text ?? ""}`, { resource, field: resource.fields.at(setting.by.of) });
    }
    for (const resource of known.resources) {
        const property = setting.inOwner?.find((key) => isSet(resource, key));
        if (property) group(groups, `${resource.urn} `, { resource, field: resource.fields.at(property) });
    }
    return groups;
}

function checkSetting(stack: Stack, setting: SoleSetting, known: Owners, judge: StackJudge): void {
    for (const setters of settersOf(stack, setting, known).values()) {
        const [first, second] = setters;
        if (!first || !second) continue;
        for (const { resource, field } of setters) {
            const other = (resource === first.resource ? second : first).resource.name;
            judge.wrong(
                resource,
                field,
                `${setting.what} is set here and by ${other}, and each update of one overwrites the other; set it once`,
            );
        }
    }
}

type WholeList = (typeof wholeLists)[number];

/** The items of each whole list, by the owner; those that are not known yet are left to the update. */
function listsOf(stack: Stack, { owner, list, inOwner }: WholeList, known: Owners): Map<string, Setter> {
    const found = new Map<string, Setter>();
    for (const resource of stack.ofType(list.type)) {
        const of = known.of(owner, resource, list.of);
        if (of !== undefined) found.set(of, { resource, field: resource.fields.at(list.items) });
    }
    for (const resource of known.resources) {
        if (inOwner && isSet(resource, inOwner))
            found.set(resource.urn, { resource, field: resource.fields.at(inOwner) });
    }
    return found;
}

function checkList(stack: Stack, whole: WholeList, known: Owners, judge: StackJudge): void {
    const lists = listsOf(stack, whole, known);
    if (lists.size === 0) return;
    judge.each(stack.ofType(whole.item.type), (resource) => {
        const list = lists.get(known.of(whole.owner, resource, whole.item.of) ?? "");
        const value = resource.fields.at(whole.item.value);
        if (!list || list.field.items.some((item) => (item.text ?? item.at("name").text) === value.text)) return;
        judge.wrong(
            resource,
            value,
            `is not in ${list.resource.name}'s whole list of ${whole.what}, which takes it away in each update; add it there`,
        );
    });
}

export const stackContestedSetting: StackRule = {
    name: "stack-contested-setting",
    description:
        "No two resources set the same setting of a bucket, role, user, group, key, queue, topic, repository or secret, of which it has one.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation: "Keep one of the resources, with all that it must hold.",
    checkStack: (stack, judge) => {
        const kinds = Object.keys(owners) as Kind[];
        const known = Object.fromEntries(kinds.map((kind) => [kind, new Owners(stack, kind)])) as Record<Kind, Owners>;
        judge.each(soleSettings, (setting) => checkSetting(stack, setting, known[setting.owner], judge));
        judge.each(wholeLists, (whole) => checkList(stack, whole, known[whole.owner], judge));
    },
};
