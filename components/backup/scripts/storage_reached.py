"""Passes when the S3 API answers this key, and both buckets are there. It reads and changes nothing in them."""

import time

import environment
import storage
from failure import main, say


def storage_reached():
    s3 = storage.connect()
    for bucket, what in ((environment.needed("SCHEMAS_BUCKET"), "schemas"), (environment.backups_bucket(), "backups")):
        storage.need_bucket(s3, bucket, what)
        say(f"the {what} bucket {bucket} answers")
    if seconds := int(environment.optional("REMEMBERED_SECONDS") or 0):
        say(f"waiting {seconds} s until the archive's sidecar has forgotten what it was told before")
        time.sleep(seconds)


if __name__ == "__main__":
    main(storage_reached)
