"""What test/faults/many-objects.test.ts asks of operations/ before an S3 API: python s3_answers.py OPERATIONS QUESTION... The answers are one line of JSON."""

import contextlib
import copy
import io
import json
import os
import sys
import time

import botocore.exceptions
import moto

sys.path.insert(0, sys.argv[1])

import drills
import list as listing
import manifest
import metrics
import objects
import sealed
import storage
from failure import Doubt

SCHEMAS, BACKUPS = "schemas-bucket", "backups-bucket"
os.environ.update(
    AWS_ENDPOINT_URL="",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_ACCESS_KEY_ID="any",
    AWS_SECRET_ACCESS_KEY="any",
    BACKUPS_BUCKET=BACKUPS,
    BACKUP_MAX_AGE_SECONDS="0",
    DRILL_MAX_AGE_SECONDS="0",
)
GOOD = {
    "format": 1,
    "id": "20260131T021500Z-4f2a1c",
    "seconds": 1.5,
    "snapshot": {"time": "2026-01-31T02:15:00Z", "lsn": "0/1"},
    "versions": {"app": "", "postgres": "15.4", "postgresNumber": 150004, "changelog": None},
    "database": {"name": "justdb", "bytes": 1, "encoding": "UTF8", "collate": "C", "ctype": "C", "rows": {"public.t": 1}},
    "schemas": {"bucket": SCHEMAS, "count": 0, "bytes": 0, "missing": 0},
    "files": {name: {"key": name, "size": 1, "sha256": "", "version": None} for name in ("database", "objects", "index")},
}
GOOD_DRILL = {
    "format": 1,
    "id": "20260131T041500Z-4f2a1c",
    "from": "latest",
    "ok": True,
    "finished": "2026-01-31T04:15:10Z",
    "seconds": 2.5,
}


def connected():
    s3 = storage.connect()
    for bucket in (SCHEMAS, BACKUPS):
        s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    return s3


def again():
    """The same conditional write again, as boto3 makes it when an answer was lost; and one of another content."""
    s3 = connected()
    storage.put(s3, BACKUPS, "backups/a", b"the same", once=True)
    storage.put(s3, BACKUPS, "backups/a", b"the same", once=True)
    versions = len(s3.list_object_versions(Bucket=BACKUPS)["Versions"])
    try:
        storage.put(s3, BACKUPS, "backups/a", b"another", once=True)
    except botocore.exceptions.ClientError as error:
        return {"versions": versions, "another": storage.error_code(error)}
    return {"versions": versions, "another": "written"}


def replaced():
    """A restore of schemas, and the way back by the versions that it names."""
    s3 = connected()

    def now():
        return {entry["key"]: s3.get_object(Bucket=SCHEMAS, Key=entry["key"])["Body"].read().decode() for entry in there()}

    def there():
        return list(objects.current(s3, SCHEMAS))

    for name in ("changed", "deleted", "kept"):
        s3.put_object(Bucket=SCHEMAS, Key=f"schemas/{name}", Body=b"of the backup")
    sink = io.BytesIO()
    index = {entry["key"]: entry for entry in objects.pack(s3, SCHEMAS, there(), sink)}
    s3.put_object(Bucket=SCHEMAS, Key="schemas/changed", Body=b"newer content")
    s3.delete_object(Bucket=SCHEMAS, Key="schemas/deleted")

    absent, other = objects.differing(s3, SCHEMAS, index)
    key = "file"
    with storage.Upload(s3, BACKUPS, key) as upload:
        upload.write(sink.getvalue())
        file = upload.finish()
    contents = objects.unpack(storage.Download(s3, BACKUPS, file), index)
    objects.write(s3, SCHEMAS, (item for item in contents if item[0]["key"] in absent | other.keys()))
    restored = now()
    for key, version in other.items():
        s3.copy_object(Bucket=SCHEMAS, Key=key, CopySource={"Bucket": SCHEMAS, "Key": key, "VersionId": version})
    return {"absent": sorted(absent), "other": sorted(other), "restored": restored, "back": now()}


def elsewhere():
    """A backup whose rows name this bucket, this bucket in vain, and another one; how it is listed and told; and an older one."""
    rows = [(f"s3://{SCHEMAS}/schemas/there", None), (f"s3://{SCHEMAS}/schemas/lost", None), ("s3://old/schemas/there", None)]
    missing, elsewhere = objects.missing(rows, SCHEMAS, {"schemas/there": {}})
    found = copy.deepcopy(GOOD)
    found["schemas"] |= {"missing": len(missing), "elsewhere": elsewhere}
    told = "justdb_backup_last_schemas_elsewhere"
    return {
        "missing": missing,
        "listed": [listing.row("id", False, one).split("  ")[-1] for one in (found, GOOD)],
        "told": [metrics.of_backups([("id", False, one)])[told] for one in (found, GOOD)],
    }


def without(content, path):
    content = copy.deepcopy(content)
    *parents, last = path.split(".")
    part = content
    for parent in parents:
        part = part[parent]
    del part[last]
    return content


def damaged():
    """What is made of sealed files that lack something, or are of the future: of each, why it is not trusted."""
    s3 = connected()
    future = {"snapshot": {"time": "2999-01-31T02:15:00Z"}}
    paths = ["format", "id", "seconds", "snapshot.time", "versions.changelog", "database.rows", "schemas.missing", "files", "files.index"]
    bad = [without(GOOD, path) for path in paths] + [{**GOOD, **future}, {**GOOD, "snapshot": {"time": "yesterday"}}]
    names = [f"2026013{n // 10}T02150{n % 10}Z-4f2a1c" for n in range(len(bad))]
    for name, content in zip(names, bad):
        content = {**content, "id": name} if "id" in content else content
        sealed.write(s3, BACKUPS, manifest.key_of(name, manifest.NAME), content)
    bad_drills = [without(GOOD_DRILL, path) for path in GOOD_DRILL] + [{**GOOD_DRILL, "finished": "2999-01-31T02:15:00Z"}]
    for n, content in enumerate(bad_drills):
        key = f"{drills.PREFIX}20260131T04150{n}Z-4f2a1c.json"
        sealed.write(s3, BACKUPS, key, {**content, "id": key[7:-5]} if "id" in content else content)
    good = {**GOOD, "id": "20260101T021500Z-4f2a1c"}
    manifest.write(s3, BACKUPS, good)
    drills.write(s3, BACKUPS, GOOD_DRILL | {"id": "20260101T041500Z-4f2a1c"})

    backups = [found for _, _, found in manifest.every(s3, BACKUPS)]
    results = list(drills.every(s3, BACKUPS, {}))
    try:
        latest = manifest.find(s3, BACKUPS, "latest")["id"]
    except Doubt as doubt:
        latest = str(doubt)
    return {
        "backups": [getattr(found, "reason", "good") for found in backups],
        "drills": [getattr(found, "reason", "good") for found in results],
        "latest": latest,
        "told": metrics.of_backups(list(manifest.every(s3, BACKUPS)))["justdb_backups_damaged"],
    }


def unforeseen():
    """The exporter's thread after an error that nobody thought of: it comes to its pause, and counts it."""

    class Paused(BaseException):
        """In the place of the pause."""

    def pause(_):
        raise Paused

    connected()
    reader = metrics.Reader()
    reader._read = lambda: {}["what nobody thought of"]
    time.sleep = pause
    with contextlib.suppress(Paused), contextlib.redirect_stdout(io.StringIO()) as said:
        reader.run()
    return {"said": said.getvalue(), "told": reader.text().splitlines()[-1]}


def answer(question):
    """Each question has an account of its own."""
    with moto.mock_aws():
        return globals()[question]()


print(json.dumps({question: answer(question) for question in sys.argv[2:]}))
