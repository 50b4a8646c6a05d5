// Buckets of S3 and the resources that hold their settings: each setting has a resource of its own, and of old the bucket has it itself.
import type { Field } from "../field";
import { derivedOnce, type StackResource } from "../resource";
import type { StackRule } from "../rule";
import type { Stack } from "../stack";
import { anyOf, orUnknown, settled } from "../verdict";

/** Bucket and BucketV2, and aws-native's Bucket, which has all settings itself but for its policy. Directory buckets have none of these. */
export const bucketType = /^(?:aws:s3\/bucket(?:V2)?:|aws-native:s3:Bucket$)/;
const companionType = /^aws:s3\/(bucket\w+?)(?:V2)?:|^aws-native:s3:(BucketPolicy)$/;

/** The kind of a companion in one spelling: `bucketVersioning`. */
export function companionKind(type: string): string | undefined {
    if (bucketType.test(type)) return undefined;
    const [, kind, native] = companionType.exec(type) ?? [];
    return native ? `b${native.slice(1)}` : kind;
}

/** A bucket's own name. */
export function bucketName({ type, fields }: StackResource): Field {
    return fields.at(type.startsWith("aws-native:") ? "bucketName" : "bucket");
}

/** The companions of each bucket, by their kind: `bucketVersioning`. */
const companions = derivedOnce((stack: Stack) => {
    const buckets = stack.ofType(bucketType);
    const found = new Map(buckets.map((bucket) => [bucket, new Map<string, StackResource[]>()]));
    const byName = new Map<unknown, StackResource[]>();
    const bySource = new Map<string, StackResource[]>();
    for (const bucket of buckets) {
        for (const name of namesOf(bucket)) add(byName, name, bucket);
        for (const source of sourcesOf(stack, bucket)) add(bySource, source, bucket);
    }
    for (const resource of stack.ofType(companionType)) {
        const kind = companionKind(resource.type);
        if (!kind) continue;
        const name = resource.fields.at("bucket");
        const owners = name.unknown
            ? (resource.propertyDependencies.bucket ?? []).flatMap((urn) => bySource.get(urn) ?? [])
            : (byName.get(name.value) ?? []);
        for (const owner of new Set(owners)) add(found.get(owner)!, kind, resource);
    }
    return found;
});

function add<K>(to: Map<K, StackResource[]>, key: K, resource: StackResource): void {
    const list = to.get(key);
    if (list) list.push(resource);
    else to.set(key, [resource]);
}

/** What a companion may call the bucket, as far as it is known. */
function namesOf({ fields }: StackResource): Set<string> {
    const known = ["bucket", "bucketName", "id", "arn"].map((key) => fields.at(key)).filter((field) => !field.unknown);
    return new Set(known.flatMap(({ text }) => (text ? [text] : [])));
}

/** Where a name that is not known yet may come from: the bucket, or a component that gives out its name. */
function sourcesOf(stack: Stack, bucket: StackResource): string[] {
    const sources = [bucket.urn];
    for (let { parent } = bucket; parent && !sources.includes(parent); parent = stack.find(parent)?.parent) {
        if (!parent.includes("::pulumi:pulumi:Stack::")) sources.push(parent);
    }
    return sources;
}

/** A setting in the bucket itself. A preview knows nothing of one that the program leaves to the provider: that is none. */
function ownSetting(bucket: StackResource, property: string): Field | undefined {
    const setting = bucket.fields.at(property);
    return setting.unknown && !Object.hasOwn(bucket.propertyDependencies, property) ? undefined : setting;
}

export interface BucketSetting {
    /** The kind of the companion that holds it: `bucketVersioning`. */
    companion: string;
    /** The places in the companion that decide. */
    inCompanion: (fields: Field) => Field[];
    /** The places in the bucket itself, by the property that holds them. */
    inBucket?: Record<string, (setting: Field) => Field[]>;
    isGood: (field: Field, bucket: StackResource, config: Record<string, unknown>) => boolean;
    /** What is said of a setting that is not good. */
    problem: string;
    /** What is said of a bucket without the setting. */
    missing: string;
    /** Buckets that need it; all by default. */
    needs?: (stack: Stack) => (bucket: StackResource) => boolean;
}

/** A check that each bucket has a setting, in a companion or in itself. */
export const eachBucketHas =
    ({
        companion,
        inCompanion,
        inBucket = {},
        isGood,
        problem,
        missing,
        needs,
    }: BucketSetting): StackRule["checkStack"] =>
    (stack, judge, config) => {
        const isConcerned = needs?.(stack) ?? (() => true);
        judge.each(stack.ofType(bucketType).filter(isConcerned), (bucket) => {
            const held = companions(stack).get(bucket)?.get(companion) ?? [];
            const own = Object.entries(inBucket).flatMap(([property, places]) => {
                const setting = ownSetting(bucket, property);
                return setting ? [{ resource: bucket, places: () => places(setting) }] : [];
            });
            const all = [...held.map((resource) => ({ resource, places: () => inCompanion(resource.fields) })), ...own];
            const verdicts = all.map(({ places }) =>
                orUnknown(() => places().some((field) => isGood(field, bucket, config))),
            );
            if (settled(anyOf(verdicts))) return;
            const bad = all
                .flatMap(({ resource, places }) => places().map((field) => ({ resource, field })))
                .find(({ field }) => !field.absent);
            if (bad) judge.wrong(bad.resource, bad.field, problem);
            else judge.wrong(bucket, undefined, missing);
        });
    };
