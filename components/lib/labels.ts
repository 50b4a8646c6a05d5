export type Labels = Record<string, string>;

/** Labels of every object. */
export const labels = {
    "app.kubernetes.io/part-of": "justdb-cloud",
    "app.kubernetes.io/managed-by": "pulumi",
} as const;
