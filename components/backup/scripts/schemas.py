"""
Brings the schemas to a database that was recovered from a continuous archive: whatever its rows tell of and the bucket
lacks is fetched, first from the bucket that the row names, then from the newest backup that holds it. Then the rows are
changed to tell of this stack's bucket.

It changes nothing else, so it may be run again, at any time.
"""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor

import botocore.exceptions

import addresses
import environment
import facts
import manifest
import objects
import postgres
import storage
from failure import Doubt, Failure, main, say


def schemas():
    clock = time.monotonic()
    s3 = storage.connect()
    database, bucket, backups = environment.database(), environment.schemas_bucket(), environment.backups_bucket()
    storage.need_bucket(s3, bucket, "schemas")
    postgres.wait_until_ready()
    with postgres.Session(database) as session:
        rows = facts.newest_rows(session)
        say(f"rows tell of {len(rows)} schemas: looking for them in bucket {bucket}")
        absent = set(rows) - _good(s3, bucket, rows)
        from_buckets = _from_buckets(s3, bucket, rows, absent)
        absent -= from_buckets
        from_backups = _from_backups(s3, bucket, backups, rows, absent)
        absent -= from_backups
        # A row whose schema was not found goes on naming the bucket where it was: it can still be looked for there.
        moved = addresses.move(session, bucket, but=absent)
    result = {
        "schemas": len(rows),
        "fromBuckets": len(from_buckets),
        "fromBackups": len(from_backups),
        "missing": len(absent),
        "rowsMoved": moved,
        "seconds": round(time.monotonic() - clock, 1),
    }
    if absent:
        for key in sorted(absent):
            say(f"missing: {rows[key][0]}")
        raise Doubt(
            f"{len(absent)} of {len(rows)} schemas are in no bucket and in no backup that this key may read; "
            f"{rows[min(absent)][0]} is one, and the log names all. The others are in place. Allow the key to read "
            "the bucket that they name, and run pulumi up again; or go on without them: "
            "docs/runbooks/disaster-recovery.md"
        )
    return result


def _fetch(s3, bucket, key, checksum):
    """The object, if it is there, may be read, and is what the row says. Its entry is as in an index."""
    try:
        answer, content = storage.whole(lambda: s3.get_object(Bucket=bucket, Key=key))
    except botocore.exceptions.ClientError as error:
        # Without the right to list, S3 says that an object is denied in place of absent.
        if storage.error_code(error) in ("NoSuchKey", "NoSuchBucket", "AccessDenied", "403", "404"):
            return None
        raise
    if checksum and hashlib.sha256(content).hexdigest() != checksum:
        return None
    more = {"contentType": answer.get("ContentType", "binary/octet-stream"), "metadata": answer.get("Metadata", {})}
    return {"key": key, "size": len(content), **more}, [content]


def _good(s3, bucket, rows):
    """Keys that the bucket holds with the row's checksum."""
    there = {entry["key"] for entry in objects.current(s3, bucket)} & set(rows)
    with ThreadPoolExecutor(objects.AT_ONCE) as pool:
        found = objects.in_turns(pool, lambda key: _fetch(s3, bucket, key, rows[key][1]) is not None, sorted(there))
        return {key for key, is_good in found if is_good}


def _from_buckets(s3, bucket, rows, absent):
    """Copies what the buckets still hold that the rows name. Returns the keys."""

    def copy(key):
        address, checksum = rows[key]
        source = address.split("/", 3)[2]
        found = None if source == bucket else _fetch(s3, source, key, checksum)
        return found is not None and objects.write(s3, bucket, [found]) == 1

    with ThreadPoolExecutor(objects.AT_ONCE) as pool:
        copied = {key for key, is_copied in objects.in_turns(pool, copy, sorted(absent)) if is_copied}
    say(f"{len(copied)} of {len(absent)} absent schemas were copied from the buckets that their rows name")
    return copied


def _from_backups(s3, bucket, backups, rows, absent):
    """Takes what is left from backups, the newest first. Returns the keys."""
    taken = set()
    if not absent:
        return taken
    storage.need_bucket(s3, backups, "backups")
    for backup_id, _, found in reversed(list(manifest.every(s3, backups))):
        if taken == absent:
            break
        try:
            taken |= _from_backup(s3, bucket, backups, found, rows, absent - taken)
        except Failure as failure:
            # An older one may hold the same.
            say(f"backup {backup_id} is passed over: {failure}")
    say(f"{len(taken)} schemas were taken from backups in bucket {backups}")
    return taken


def _from_backup(s3, bucket, backups, backup, rows, wanted):
    if isinstance(backup, manifest.Damaged):
        raise Failure(backup.reason)
    entries = objects.read_index(storage.Download(s3, backups, backup["files"]["index"]))
    index = {entry["key"]: entry for entry in entries}
    keys = {key for key in wanted & set(index) if not rows[key][1] or index[key]["sha256"] == rows[key][1]}
    if keys:
        contents = objects.unpack(storage.Download(s3, backups, backup["files"]["objects"]), index.values())
        objects.write(s3, bucket, (item for item in contents if item[0]["key"] in keys))
    return keys


if __name__ == "__main__":
    main(schemas)
