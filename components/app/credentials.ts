import { type AccessKey, createKey, onBuckets, onObjects } from "../identity/access-key";
import type { Scope } from "../lib/scope";
import { toEncrypt } from "../storage/keys";
import { schemasPrefix, type Storage } from "../storage/storage";
import { names } from "./names";

/** A key that can read and write schemas, and nothing else: the app does not touch backups, and deletes nothing. */
export const createCredentials = (scope: Scope, storage: Storage): AccessKey =>
    createKey(scope, {
        prefix: "",
        secretChild: "aws-credentials",
        secretName: names.awsCredentials,
        rights: [
            // Without the right to list, S3 answers 403 in place of 404 for an object that is not there.
            onBuckets("ListSchemas", [storage.schemas], ["s3:ListBucket"]),
            onObjects("ReadWriteSchemas", storage.schemas, schemasPrefix, ["s3:GetObject", "s3:PutObject"]),
            ...toEncrypt(storage),
        ],
    });
