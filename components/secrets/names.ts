/** Secrets that this stack makes; those of a later generation have its number at the end. */
export const names = {
    /** What is of the first generation, but for the roles of PostgreSQL. */
    shared: "justdb-secrets",
} as const;

/** Of one password alone, which is called as its child is. Pure. */
export const secretNameOf = (suffix: string) => `justdb-${suffix}`;
