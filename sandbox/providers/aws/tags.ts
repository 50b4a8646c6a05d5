// Tags: a map in Pulumi, a list in the AWS APIs.
import { isObject } from "../lib/values";

export interface Tag {
    Key: string | undefined;
    Value: string | undefined;
}

export function tagList(...maps: unknown[]): { Key: string; Value: string }[] {
    const merged = new Map(maps.filter(isObject).flatMap((map) => Object.entries(map)));
    return [...merged].map(([Key, value]) => ({ Key, Value: String(value) }));
}

export function tagMap(tags: Tag[] | undefined): Record<string, string> {
    return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

/** What the program sees of the live tags: those of its own, without the provider-wide ones. */
export function ownTags(
    live: Record<string, string>,
    defaults: Record<string, string>,
): Record<string, string> | undefined {
    const own = Object.entries(live).filter(([key, value]) => defaults[key] !== value);
    return own.length ? Object.fromEntries(own) : undefined;
}

/** An existing thing is ours when it has our tags; none at all means that the creation stopped before they were set. */
export function bearsTags(live: Record<string, string>, wanted: { Key: string; Value: string }[]): boolean {
    return Object.keys(live).length === 0 || wanted.every(({ Key, Value }) => live[Key] === Value);
}
