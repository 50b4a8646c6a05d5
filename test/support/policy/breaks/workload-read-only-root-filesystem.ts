import { containerBreaks } from "../pods";

export const breaks = containerBreaks({
    rule: "workload-read-only-root-filesystem",
    title: "a root filesystem that can be written to",
    at: ["securityContext", "readOnlyRootFilesystem"],
    value: false,
    absent: "wrong",
});
