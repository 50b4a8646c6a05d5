/** Their pods are of the same kind as those of restores by hand. */
export const names = { restoreFrom: "justdb-restore-from", guard: "justdb-restore-guard" } as const;
