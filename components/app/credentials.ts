import type { Scripts } from "../backup/scripts";
import { createCredentials, type Credentials } from "../identity/credentials";
import { onBuckets, onObjects } from "../identity/rights";
import type { Scope } from "../lib/scope";
import { toEncrypt } from "../storage/keys";
import { schemasPrefix, type Storage } from "../storage/storage";
import { names } from "./names";

/** They can read and write schemas, and nothing else: the app does not touch backups, and deletes nothing. */
export const createAppCredentials = (scope: Scope, storage: Storage, scripts: Scripts): Credentials =>
    createCredentials(
        scope,
        {
            prefix: "",
            account: names.app,
            secretChild: "aws-credentials",
            secretName: names.awsCredentials,
            rights: [
                // Without the right to list, S3 answers 403 in place of 404 for an object that is not there.
                onBuckets("ListSchemas", [storage.schemas], ["s3:ListBucket"]),
                onObjects("ReadWriteSchemas", storage.schemas, schemasPrefix, ["s3:GetObject", "s3:PutObject"]),
                ...toEncrypt(storage),
            ],
            generation: scope.settings.appAccessKeyGeneration,
            asks: storage.schemas,
            // The app is ready without S3, and would refuse its first requests.
            isAwaited: true,
        },
        scripts,
    );
