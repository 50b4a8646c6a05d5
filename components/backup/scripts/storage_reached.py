"""Passes when the S3 API answers this key, and both buckets are there. It reads and changes nothing in them."""

import environment
import storage
from failure import main, say


def storage_reached():
    s3 = storage.connect()
    for bucket, what in ((environment.needed("SCHEMAS_BUCKET"), "schemas"), (environment.backups_bucket(), "backups")):
        storage.need_bucket(s3, bucket, what)
        say(f"the {what} bucket {bucket} answers")


if __name__ == "__main__":
    main(storage_reached)
