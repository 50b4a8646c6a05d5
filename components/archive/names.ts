export const names = { archive: "justdb-archive", source: "justdb-archive-source" } as const;
