export const names = {
    /** What updates have begun with. */
    begun: "justdb-generations",
    /** What they came to the end with. */
    done: "justdb-generations-done",
} as const;
