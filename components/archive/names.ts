export const names = { archive: "justdb-archive", source: "justdb-archive-source" } as const;

/** Names of the same as children. */
export const suffixes = { archive: "archive", source: "archive-source" } as const;
