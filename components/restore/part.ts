import type { Part } from "../lib/part";
import { checks } from "./checks";
import { schema } from "./settings";

export const restorePart: Part = {
    name: "restore",
    title: "Restore",
    makes:
        "the Job that fills a new stack from a backup; the Job that refuses to recover an archive while the " +
        "database is still there",
    schema,
    checks,
};
