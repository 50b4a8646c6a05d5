import type { Break } from "../break";
import { podBreaks } from "../pods";

const rule = "rbac-token-automount";

export const breaks: Break[] = [
    ...podBreaks({
        rule,
        title: "a pod with a token",
        at: ["automountServiceAccountToken"],
        value: true,
        absent: "wrong",
    }),
    {
        rule,
        title: "a service account that gives its token",
        fixture: () => ({
            type: "kubernetes:core/v1:ServiceAccount",
            props: { metadata: { name: "app", namespace: "team" }, automountServiceAccountToken: false },
        }),
        at: ["automountServiceAccountToken"],
        value: true,
        field: "automountServiceAccountToken",
        absent: "wrong",
    },
];
