import type { Part } from "../lib/part";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { schema } from "./settings";

export const backupPart: Part = {
    name: "backup",
    title: "Backup",
    makes:
        "the CronJob of backups, the key that they are sealed with, the template of restores, the exporter of " +
        "metrics; `scripts/`: Python, with boto3 and PostgreSQL's programs, programs apart from the modules in " +
        "`scripts/lib/`",
    schema,
    checks,
    flows,
    demands,
};
