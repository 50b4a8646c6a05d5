import { containerBreaks } from "../pods";

const common = { rule: "secret-in-env", absent: "fine" as const };

export const breaks = [
    ...containerBreaks({
        ...common,
        title: "a token in the environment",
        at: ["env", 0, "value"],
        value: `ghp_${"A1b2".repeat(9)}`,
    }),
    ...containerBreaks({
        ...common,
        title: "a password in the arguments",
        at: ["args", 0],
        value: "--password=hunter2",
    }),
    ...containerBreaks({
        ...common,
        title: "a password in the command",
        at: ["command", 0],
        value: "PGPASSWORD=hunter2 exec server",
    }),
];
