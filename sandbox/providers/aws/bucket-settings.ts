// The settings of a bucket: each is set as a whole, read as a whole and taken away as a whole.
import * as s3 from "@aws-sdk/client-s3";
import type { Definition } from "../lib/typed";
import { isArray, at, isObject, text, mapValues, type Values } from "../lib/values";
import { toCamel, toPascal } from "./case";
import type { Clients } from "./clients";
import { unlessGone } from "./errors";

interface Setting {
    put(Bucket: string, inputs: Values, client: s3.S3Client): Promise<unknown>;
    /** The live setting under the names of the inputs; undefined when it is not set. */
    get(Bucket: string, client: s3.S3Client): Promise<unknown>;
    remove(Bucket: string, client: s3.S3Client): Promise<unknown>;
    json?: string[];
    defaults?: Values;
}

function definition(setting: Setting): Definition<Clients> {
    const put = async (bucket: string, inputs: Values, clients: Clients) => {
        await setting.put(bucket, inputs, clients.s3);
        return { region: clients.region };
    };
    return {
        computed: ["region"],
        replaceOn: ["bucket", "expectedBucketOwner"],
        json: setting.json,
        defaults: setting.defaults,
        create: async (inputs, { client }) => {
            const id = String(inputs.bucket);
            return { id, outputs: await put(id, inputs, client) };
        },
        update: (id, inputs, _, { client }) => put(id, inputs, client),
        async read(id, _, { client }) {
            const live = await unlessGone(setting.get(id, client.s3));
            return isObject(live) ? { id, outputs: { bucket: id, region: client.region, ...live } } : undefined;
        },
        async delete(id, _, { client }) {
            await unlessGone(setting.remove(id, client.s3));
        },
    };
}

function pascal<T>(value: unknown): T {
    return toPascal(value) as T;
}

const versioning: Setting = {
    put: (Bucket, { versioningConfiguration }, client) =>
        client.send(
            new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: pascal(versioningConfiguration) }),
        ),
    async get(Bucket, client) {
        const { Status } = await client.send(new s3.GetBucketVersioningCommand({ Bucket }));
        return Status ? { versioningConfiguration: { status: Status } } : undefined;
    },
    // Versioning can be paused, never taken away.
    remove: (Bucket, client) =>
        client.send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } })),
};

const encryption: Setting = {
    put: (Bucket, { rules }, client) =>
        client.send(
            new s3.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: pascal(rules) } }),
        ),
    async get(Bucket, client) {
        const live = await client.send(new s3.GetBucketEncryptionCommand({ Bucket }));
        return { rules: toCamel(live.ServerSideEncryptionConfiguration?.Rules) };
    },
    remove: (Bucket, client) => client.send(new s3.DeleteBucketEncryptionCommand({ Bucket })),
};

const publicAccessFlags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const publicAccessBlock: Setting = {
    defaults: Object.fromEntries(publicAccessFlags.map((flag) => [flag, false])),
    put: (Bucket, inputs, client) => {
        const flags = Object.fromEntries(publicAccessFlags.map((flag) => [flag, inputs[flag]]));
        return client.send(
            new s3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: pascal(flags) }),
        );
    },
    async get(Bucket, client) {
        const live = await client.send(new s3.GetPublicAccessBlockCommand({ Bucket }));
        return toCamel(live.PublicAccessBlockConfiguration);
    },
    remove: (Bucket, client) => client.send(new s3.DeletePublicAccessBlockCommand({ Bucket })),
};

const ownershipControls: Setting = {
    put: (Bucket, { rule }, client) =>
        client.send(new s3.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [pascal(rule)] } })),
    async get(Bucket, client) {
        const live = await client.send(new s3.GetBucketOwnershipControlsCommand({ Bucket }));
        return { rule: toCamel(live.OwnershipControls?.Rules?.[0]) };
    },
    remove: (Bucket, client) => client.send(new s3.DeleteBucketOwnershipControlsCommand({ Bucket })),
};

const policy: Setting = {
    json: ["policy"],
    put: (Bucket, inputs, client) =>
        client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: String(inputs.policy) })),
    async get(Bucket, client) {
        return { policy: (await client.send(new s3.GetBucketPolicyCommand({ Bucket }))).Policy };
    },
    remove: (Bucket, client) => client.send(new s3.DeleteBucketPolicyCommand({ Bucket })),
};

/** S3 wants a filter in each rule (an empty one: every object) and the tags of `and` as a list. */
export function lifecycleRule(rule: unknown): s3.LifecycleRule {
    const { filter, ...rest } = isObject(rule) ? rule : {};
    const tags = at<Values>(filter, "and", "tags");
    const and = { ...at<Values>(filter, "and"), tags: tagPairs(tags) };
    const complete = isObject(filter) && Object.keys(filter).length ? filter : { prefix: "" };
    return pascal({ ...rest, filter: tags ? { ...complete, and } : complete });
}

function tagPairs(tags: Values | undefined): Values[] {
    return Object.entries(tags ?? {}).map(([key, value]) => ({ key, value }));
}

function fromLifecycleRule(rule: s3.LifecycleRule): unknown {
    const camel = toCamel(rule) as Values;
    const tags = at<Values[]>(camel, "filter", "and", "tags");
    if (!tags) return camel;
    const map = Object.fromEntries(tags.map(({ key, value }) => [text(key), value] as const));
    return { ...camel, filter: { and: { ...at<Values>(camel, "filter", "and"), tags: map } } };
}

const lifecycle: Setting = {
    put: (Bucket, { rules }, client) => {
        const Rules = (isArray(rules) ? rules : []).map(lifecycleRule);
        return client.send(
            new s3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }),
        );
    },
    async get(Bucket, client) {
        const live = await client.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket }));
        return { rules: (live.Rules ?? []).map(fromLifecycleRule) };
    },
    remove: (Bucket, client) => client.send(new s3.DeleteBucketLifecycleCommand({ Bucket })),
};

export const bucketSettings: Record<string, Definition<Clients>> = mapValues(
    {
        BucketVersioning: versioning,
        BucketServerSideEncryptionConfiguration: encryption,
        BucketPublicAccessBlock: publicAccessBlock,
        BucketOwnershipControls: ownershipControls,
        BucketPolicy: policy,
        BucketLifecycleConfiguration: lifecycle,
    },
    (setting) => definition(setting as Setting),
) as Record<string, Definition<Clients>>;
