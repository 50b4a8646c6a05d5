import { containerBreaks } from "../pods";

const common = { rule: "secret-files", absent: "fine" as const };

export const breaks = [
    ...containerBreaks({
        ...common,
        title: "a secret in the environment",
        at: ["env", 0, "valueFrom", "secretKeyRef"],
        value: { name: "app", key: "password" },
    }),
    ...containerBreaks({
        ...common,
        title: "all of a Secret in the environment",
        at: ["envFrom", 0, "secretRef"],
        value: { name: "app" },
    }),
];
