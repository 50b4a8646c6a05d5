import { type SettingOwners, settingOwners } from "../lib/aws/setting-owners";
import {
    type InlineList,
    inlineLists,
    type SoleSetting,
    soleSettings,
    type WholeList,
    wholeLists,
} from "../lib/aws/sole-settings";
import type { Field } from "../lib/field";
import type { StackResource } from "../lib/resource";
import type { StackJudge, StackRule } from "../lib/rule";
import type { Stack } from "../lib/stack";

/** What the program has set itself: the rest of a bucket's properties tells what others have set. */
function isSet({ inputs, fields }: StackResource, property: string): boolean {
    const field = fields.at(property);
    return inputs.has(property) && (field.unknown || !(isEmpty(field) || isDefault(property, field)));
}

const isEmpty = (field: Field) =>
    field.absent || field.value === "" || (Array.isArray(field.value) && field.items.length === 0);

/** What the older Bucket says of itself when the program says nothing. */
const isDefault = (property: string, field: Field) => property === "acl" && field.value === "private";

interface Setter {
    resource: StackResource;
    /** None where nothing says whose the setting is: an account's. */
    field?: Field;
}

function group(groups: Map<string, Setter[]>, key: string, setter: Setter): void {
    const setters = groups.get(key);
    if (setters) setters.push(setter);
    else groups.set(key, [setter]);
}

function settersOf(stack: Stack, setting: SoleSetting, known: SettingOwners): Map<string, Setter[]> {
    const groups = new Map<string, Setter[]>();
    for (const { type, of, each } of setting.by) {
        for (const resource of stack.ofType(type)) {
            const name = each ? resource.fields.at(each) : undefined;
            if (name && (name.unknown || !name.text)) continue;
            const field = resource.fields.at(of);
            const setter = { resource, field: field.unknown || !field.absent ? field : undefined };
            for (const owner of known.of(resource, of)) group(groups, `${owner} ${name?.text ?? ""}`, setter);
        }
    }
    for (const resource of known.resources) {
        const property = setting.inOwner?.find((key) => isSet(resource, key));
        if (property) group(groups, `${resource.urn} `, { resource, field: resource.fields.at(property) });
    }
    return groups;
}

function checkSetting(stack: Stack, setting: SoleSetting, judge: StackJudge): void {
    for (const setters of settersOf(stack, setting, settingOwners(stack)[setting.owner]).values()) {
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

/** The items of each whole list, by the owner; those that are not known yet are left to the update. */
function listsOf(stack: Stack, { list, inOwner }: WholeList, known: SettingOwners): Map<string, Required<Setter>> {
    const found = new Map<string, Required<Setter>>();
    for (const resource of stack.ofType(list.type)) {
        for (const owner of known.of(resource, list.of))
            found.set(owner, { resource, field: resource.fields.at(list.items) });
    }
    for (const resource of known.resources) {
        if (inOwner && isSet(resource, inOwner))
            found.set(resource.urn, { resource, field: resource.fields.at(inOwner) });
    }
    return found;
}

function checkList(stack: Stack, whole: WholeList, judge: StackJudge): void {
    const known = settingOwners(stack)[whole.owner];
    const lists = listsOf(stack, whole, known);
    if (lists.size === 0) return;
    const { type, of, value: key } = whole.item;
    judge.each(stack.ofType(type), (resource) => {
        const value = resource.fields.at(key);
        judge.each(known.of(resource, of), (owner) => {
            const list = lists.get(owner);
            if (!list || list.field.items.some((item) => (item.text ?? item.at("name").text) === value.text)) return;
            judge.wrong(
                resource,
                value,
                `is not in ${list.resource.name}'s whole list of ${whole.what}, which takes it away in each update; add it there`,
            );
        });
    });
}

function checkInline(stack: Stack, { owner, what, inOwner, items }: InlineList, judge: StackJudge): void {
    const known = settingOwners(stack)[owner];
    const holders = new Map(
        known.resources.filter((resource) => isSet(resource, inOwner)).map((resource) => [resource.urn, resource]),
    );
    if (holders.size === 0) return;
    for (const { type, of, only = {} } of items) {
        judge.each(stack.ofType(type), (resource) => {
            if (Object.entries(only).some(([key, value]) => resource.fields.at(key).value !== value)) return;
            for (const holder of known.of(resource, of).map((urn) => holders.get(urn))) {
                if (!holder) continue;
                judge.wrong(
                    resource,
                    resource.fields.at(of),
                    `is of ${holder.name}, which has ${what} of its own in ${inOwner} and takes away all others in each update; set all of them in one way`,
                );
            }
        });
    }
}

export const stackContestedSetting: StackRule = {
    name: "stack-contested-setting",
    description:
        "No two resources set the same setting of an account, bucket, role, user, group, key, queue, topic, repository or secret, of " +
        "which it has one, nor the rules of a security group or the routes of a route table.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation: "Keep one of the resources, with all that it must hold.",
    checkStack: (stack, judge) => {
        judge.each(soleSettings, (setting) => checkSetting(stack, setting, judge));
        judge.each(wholeLists, (whole) => checkList(stack, whole, judge));
        judge.each(inlineLists, (list) => checkInline(stack, list, judge));
    },
};
