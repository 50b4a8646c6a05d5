// aws.s3.Bucket: the bucket itself; its settings are resources of their own (bucket-settings.ts).
import {
    BucketLocationConstraint,
    CreateBucketCommand,
    DeleteBucketCommand,
    DeleteBucketTaggingCommand,
    DeleteObjectsCommand,
    GetBucketTaggingCommand,
    HeadBucketCommand,
    ListObjectVersionsCommand,
    PutBucketTaggingCommand,
} from "@aws-sdk/client-s3";
import type { Definition } from "../lib/typed";
import type { Values } from "../lib/values";
import type { Clients } from "./clients";
import { errorName, unlessGone } from "./errors";
import { bearsTags, ownTags, tagList, tagMap } from "./tags";

async function liveTags(s3: Clients["s3"], Bucket: string): Promise<Record<string, string>> {
    return tagMap((await unlessGone(s3.send(new GetBucketTaggingCommand({ Bucket }))))?.TagSet);
}

/** An update that was cut short may have left the bucket without telling the state: it is taken up again. */
async function createOrAdopt(Bucket: string, inputs: Values, { s3, region, defaultTags }: Clients): Promise<void> {
    const location = region === "us-east-1" ? {} : { LocationConstraint: region as BucketLocationConstraint };
    try {
        await s3.send(
            new CreateBucketCommand({
                Bucket,
                ObjectLockEnabledForBucket: inputs.objectLockEnabled === true,
                ...(region === "us-east-1" ? {} : { CreateBucketConfiguration: location }),
            }),
        );
    } catch (error) {
        if (errorName(error) !== "BucketAlreadyOwnedByYou") throw error;
        if (!bearsTags(await liveTags(s3, Bucket), tagList(defaultTags, inputs.tags))) {
            throw new Error(`bucket ${Bucket} exists in this account with other tags: it belongs to something else`, {
                cause: error,
            });
        }
    }
}

async function setTags(Bucket: string, inputs: Values, { s3, defaultTags }: Clients): Promise<void> {
    const TagSet = tagList(defaultTags, inputs.tags);
    if (TagSet.length) await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    else await unlessGone(s3.send(new DeleteBucketTaggingCommand({ Bucket })));
}

async function empty(s3: Clients["s3"], Bucket: string): Promise<void> {
    for (;;) {
        const page = await unlessGone(s3.send(new ListObjectVersionsCommand({ Bucket })));
        const versions = [...(page?.Versions ?? []), ...(page?.DeleteMarkers ?? [])];
        if (versions.length === 0) return;
        const Objects = versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
        const result = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
        const [failed] = result.Errors ?? [];
        if (failed) throw new Error(`bucket ${Bucket}: ${failed.Key} cannot be deleted: ${failed.Message}`);
    }
}

function describe(bucket: string, tags: Record<string, string>, { region, defaultTags }: Clients): Values {
    return {
        bucket,
        arn: `arn:aws:s3:::${bucket}`,
        bucketDomainName: `${bucket}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
        bucketRegion: region,
        region,
        tags: ownTags(tags, defaultTags),
        tagsAll: tags,
    };
}

/** What aws.s3.getBucket tells of a bucket that is there. */
export async function foundBucket(name: string, clients: Clients): Promise<Values> {
    if (!(await unlessGone(clients.s3.send(new HeadBucketCommand({ Bucket: name }))))) {
        throw new Error(`reading S3 Bucket (${name}): couldn't find resource`);
    }
    const {
        bucket: id,
        arn,
        bucketRegion,
        bucketDomainName,
        bucketRegionalDomainName,
        region,
    } = describe(name, {}, clients);
    return { id, bucket: id, arn, bucketRegion, bucketDomainName, bucketRegionalDomainName, region };
}

export const bucket: Definition<Clients> = {
    computed: ["arn", "bucketDomainName", "bucketRegionalDomainName", "bucketRegion", "region", "tagsAll"],
    replaceOn: ["bucket", "bucketPrefix", "objectLockEnabled", "region"],
    defaults: { forceDestroy: false },
    named: { property: "bucket", digits: 7, prefix: "bucketPrefix" },
    validate: ({ bucket }) =>
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(String(bucket))
            ? []
            : [
                  {
                      property: "bucket",
                      reason: `"${String(bucket)}": 3 to 63 characters of a-z, 0-9, . and - are allowed`,
                  },
              ],
    foresee: (inputs, client) => ({
        ...describe(String(inputs.bucket), {}, client),
        tags: undefined,
        tagsAll: undefined,
    }),
    async create(inputs, { client }) {
        const id = String(inputs.bucket);
        await createOrAdopt(id, inputs, client);
        await setTags(id, inputs, client);
        return { id, outputs: describe(id, await liveTags(client.s3, id), client) };
    },
    async update(id, inputs, _, { client }) {
        await setTags(id, inputs, client);
        return describe(id, await liveTags(client.s3, id), client);
    },
    async read(id, state, { client }) {
        if (!(await unlessGone(client.s3.send(new HeadBucketCommand({ Bucket: id }))))) return undefined;
        const outputs = describe(id, await liveTags(client.s3, id), client);
        return { id, outputs: { forceDestroy: state.forceDestroy ?? false, ...outputs } };
    },
    async delete(Bucket, state, { client: { s3 } }) {
        if (state.forceDestroy === true) await empty(s3, Bucket);
        await unlessGone(s3.send(new DeleteBucketCommand({ Bucket })));
    },
};
