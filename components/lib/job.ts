// Metadata and options of Jobs whose names end with a hash of what they are about: the same is not run again.

/** One that failed is deleted and made again by the next update, which would wait for it for ever otherwise. */
export const madeAgain = { "pulumi.com/replaceUnready": "true" };

/**
 * The old goes before the new comes. Else, when the new Job fails and what it is about is taken back, the old Job would be created
 * under its old name while its deletion is still due, and be deleted after all.
 */
export const inTurn = { deleteBeforeReplace: true };
