// `make backup` and `make backups`.
import { runJob } from "../cluster/jobs";

export const backup = () => runJob("Backup", "justdb-backup");

export const backups = () => runJob("List of backups", "justdb-restore", { OPERATION: "list" });
