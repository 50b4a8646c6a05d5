// What users and roles of IAM have in common: a name, a path, tags, a permissions boundary.
import type * as iam from "@aws-sdk/client-iam";
import type { Values } from "../lib/values";
import type { Clients } from "./clients";
import { errorName, unlessGone } from "./errors";
import { bearsTags, tagList, tagMap } from "./tags";

interface Identity {
    Path: string;
    Tags: { Key: string; Value: string }[];
    PermissionsBoundary?: string;
}

/** What is sent to make one. */
export function identityOf({ path, tags, permissionsBoundary }: Values, { defaultTags }: Clients): Identity {
    return {
        Path: String(path),
        Tags: tagList(defaultTags, tags),
        ...(typeof permissionsBoundary === "string" ? { PermissionsBoundary: permissionsBoundary } : {}),
    };
}

/** Name and tags are set in one call, so one with both is what a cut-short update left behind. */
export async function createOrAdopt(
    { Path, Tags }: Identity,
    create: () => Promise<unknown>,
    find: () => Promise<{ Path?: string; Tags?: iam.Tag[] } | undefined>,
): Promise<void> {
    try {
        await create();
    } catch (error) {
        if (!errorName(error).startsWith("EntityAlreadyExists")) throw error;
        const live = await find();
        if (live?.Path !== Path || !bearsTags(tagMap(live.Tags), Tags)) throw error;
    }
}

interface Tagging {
    tag: (Tags: Identity["Tags"]) => Promise<unknown>;
    untag: (TagKeys: string[]) => Promise<unknown>;
    /** Of tags that are not the program's. */
    isKept?: (key: string) => boolean;
}

/** Brings its tags to what is wanted. */
export async function updateTags(
    live: iam.Tag[] | undefined,
    { Tags }: Identity,
    { tag, untag, isKept = () => false }: Tagging,
): Promise<void> {
    const wanted = new Set(Tags.map(({ Key }) => Key));
    const keys = Object.keys(tagMap(live)).filter((key) => !wanted.has(key) && !isKept(key));
    if (keys.length) await untag(keys);
    if (Tags.length) await tag(Tags);
}

interface Bounding {
    put: (PermissionsBoundary: string) => Promise<unknown>;
    remove: () => Promise<unknown>;
}

/** Sets its boundary or takes it away, where that changes. */
export async function updateBoundary(inputs: Values, state: Values, { put, remove }: Bounding): Promise<void> {
    const { permissionsBoundary } = inputs;
    if (permissionsBoundary === state.permissionsBoundary) return;
    if (typeof permissionsBoundary === "string") await put(permissionsBoundary);
    else await unlessGone(remove());
}
