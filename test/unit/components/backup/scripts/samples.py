"""What tests share: a good manifest and a good result of a drill, what spoils them, and a database that answers."""

import copy
import hashlib
import io
import json

import manifest
import objects
import sealed
import storage
import uploads

SCHEMAS, BACKUPS = "schemas-bucket", "backups-bucket"
SEAL_KEY = "k" * 64
FUTURE = "2999-01-31T02:15:00Z"

MANIFEST = {
    "format": 1,
    "id": "20260131T021500Z-4f2a1c",
    "seconds": 1.5,
    "snapshot": {"time": "2026-01-31T02:15:00Z", "lsn": "0/1"},
    "versions": {"app": "", "postgres": "15.4", "postgresNumber": 150004, "changelog": None},
    "database": {
        "name": "justdb",
        "bytes": 1,
        "encoding": "UTF8",
        "collate": "C",
        "ctype": "C",
        "rows": {"public.t": 1},
    },
    "schemas": {"bucket": SCHEMAS, "count": 0, "bytes": 0, "missing": 0},
    "files": {
        name: {"key": name, "size": 1, "sha256": "", "version": None} for name in ("database", "objects", "index")
    },
}
DRILL = {
    "format": 1,
    "id": "20260131T041500Z-4f2a1c",
    "from": "latest",
    "ok": True,
    "finished": "2026-01-31T04:15:10Z",
    "seconds": 2.5,
}


# What reading adds.
READ = {"sealed": True, "written": "2026-01-31T02:16:00Z"}


def make_bucket(s3, bucket, versions=True):
    s3.create_bucket(Bucket=bucket)
    if versions:
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})


def backup_id(day):
    return f"202601{day:02}T021500Z-4f2a1c"


def backup_of(day):
    """A manifest whose snapshot is of that day of January 2026."""
    return {**MANIFEST, "id": backup_id(day), "snapshot": {"time": f"2026-01-{day:02}T02:15:00Z", "lsn": "0/1"}}


def without(content, path):
    """A copy that lacks one field, such as `files.index`."""
    content = copy.deepcopy(content)
    *parents, last = path.split(".")
    part = content
    for parent in parents:
        part = part[parent]
    del part[last]
    return content


def plant(s3, content, key):
    """Writes a file as an earlier version would, or whoever may only add objects: its checksum is good."""
    data = json.dumps({**content, "seal": sealed.checksum(content)})
    s3.put_object(Bucket=BACKUPS, Key=key, Body=data.encode())


def write_manifest(s3, content, under):
    """Writes what claims to be the manifest of the backup `under`, with a good seal."""
    sealed.write(s3, BACKUPS, manifest.key_of(under, manifest.NAME), content)


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def contents(s3, bucket):
    """Key -> content of all that is in the bucket now."""
    return {
        entry["key"]: s3.get_object(Bucket=bucket, Key=entry["key"])["Body"].read()
        for entry in objects.current(s3, bucket)
    }


def packed(s3, bucket):
    """The file of schemas as bytes, and its index by key."""
    sink = io.BytesIO()
    index = {entry["key"]: entry for entry in objects.pack(s3, bucket, objects.current(s3, bucket), sink)}
    return sink.getvalue(), index


def lines(index):
    """The file of an index."""
    return b"".join(map(objects.line, index.values()))


def upload(s3, key, content):
    """A file of a backup, and what its manifest says of it."""
    with uploads.Upload(s3, BACKUPS, key) as target:
        target.write(content)
        return target.finish()


def file_of(s3, content):
    """A download of a file with this content."""
    return storage.Download(s3, BACKUPS, upload(s3, "file", content))


class Database:
    """Stands for postgres.Session: an answer for each statement that holds a text. It notes what it was asked."""

    def __init__(self, answers):
        self._answers = answers
        self.asked = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Nothing is open."""

    def value(self, statement):
        self.asked.append(statement)
        return next(answer for text, answer in self._answers.items() if text in statement)

    def lines(self, statement):
        return iter(self.value(statement))

    def run(self, statement):
        self.asked.append(statement)
        return []


def versions_of(s3, key):
    return len(s3.list_object_versions(Bucket=BACKUPS, Prefix=key).get("Versions", []))
