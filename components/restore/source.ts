import { names } from "../database/names";

/** What restoreFrom may say. */

/** A logical backup in a bucket: latest, an id, or the newest that is not younger than a time. */
export interface BackupSource {
    kind: "backup";
    bucket: string;
    backup: string;
}

/** A continuous archive in a bucket, replayed to a moment, or to its end. */
export interface ArchiveSource {
    kind: "archive";
    bucket: string;
    archive: string;
    /** Name of the server in it: another one after each major upgrade of PostgreSQL. */
    server: string;
    /** Empty: to the end of the archive. */
    time: string;
}

export type RestoreSource = BackupSource | ArchiveSource;

const bucket = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";
const time = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?(?:Z|[+-]\\d{2}:\\d{2})";
const id = "\\d{8}T\\d{6}Z-[0-9a-f]{6}";
const archive = "[a-z][a-z0-9-]{0,62}";
const server = `${names.cluster}(?:-pg\\d+)?`;

const form = new RegExp(
    `^s3://(?<bucket>${bucket})/(?:(?<backup>latest|${id}|${time})|(?<archive>${archive})/(?:(?<server>${server})/)?(?<moment>latest|${time}))$`,
);

export const restoreSource = {
    test: (text: string): boolean => {
        const found = form.exec(text)?.groups;
        return found !== undefined && isThere(found.backup ?? found.moment!);
    },
};

/** Whether the calendar has it, if it is a time: a month that is too short would go on into the next one. */
function isThere(moment: string): boolean {
    if (!moment.includes(":")) return true;
    const day = moment.slice(0, 10);
    return !Number.isNaN(Date.parse(moment)) && new Date(day).getUTCDate() === Number(day.slice(8));
}

/** Undefined where nothing is to be restored. */
export function parseRestoreSource(restoreFrom: string): RestoreSource | undefined {
    const found = form.exec(restoreFrom)?.groups;
    if (!found) return undefined;
    if (found.backup) return { kind: "backup", bucket: found.bucket!, backup: found.backup };
    const time = found.moment === "latest" ? "" : found.moment!;
    return {
        kind: "archive",
        bucket: found.bucket!,
        archive: found.archive!,
        server: found.server ?? names.cluster,
        time,
    };
}

/** The key of KMS that the objects of the source are under, where it is neither S3's own nor one of this stack. */
export const sourceKmsKeys = ({ restoreFromKmsKeyArn }: { restoreFromKmsKeyArn: string }): string[] =>
    restoreFromKmsKeyArn === "" ? [] : [restoreFromKmsKeyArn];

/** The archive that the database is recovered from, if it is. */
export function archiveSource({ restoreFrom }: { restoreFrom: string }): ArchiveSource | undefined {
    const source = parseRestoreSource(restoreFrom);
    return source?.kind === "archive" ? source : undefined;
}
