import * as a from "../config/setting";
import { kmsKeyArn } from "../storage/settings";
import type { RestoreArgs } from "./args";
import { restoreSource } from "./source";

export const schema: a.Schema<RestoreArgs> = {
    restoreFrom: a.text(
        "s3://BUCKET/latest, s3://BUCKET/ID, s3://BUCKET/TIME or s3://BUCKET/ARCHIVE/TIME",
        restoreSource,
        {
            default: "",
            example: "s3://acme-justdb-backups/latest",
        },
    ),
    restoreFromSealKey: a.secret(
        "the seal key of the stack that made the backups: 64 letters and digits",
        /^[A-Za-z0-9]{64}$/,
    ),
    restoreFromKmsKeyArn: kmsKeyArn,
};
