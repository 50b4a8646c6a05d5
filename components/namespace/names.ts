export const names = { limits: "justdb-limits", quota: "justdb-quota" } as const;
