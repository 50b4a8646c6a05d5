// The names that AWS gives its errors.
const gone = new Set([
    "NotFound",
    "NotFoundException",
    "NoSuchBucket",
    "NoSuchEntity",
    "NoSuchEntityException",
    "NoSuchBucketPolicy",
    "NoSuchLifecycleConfiguration",
    "NoSuchPublicAccessBlockConfiguration",
    "NoSuchTagSet",
    "OwnershipControlsNotFoundError",
    "ServerSideEncryptionConfigurationNotFoundError",
]);

export function errorName(error: unknown): string {
    return error instanceof Error ? error.name : "";
}

/** The answer, or undefined when the thing asked for does not exist. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
        return await answer;
    } catch (error) {
        if (gone.has(errorName(error))) return undefined;
        throw error;
    }
}
