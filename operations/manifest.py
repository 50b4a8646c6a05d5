"""The manifest of a backup: what belongs to it, and how to know that it is whole. Written last, it makes a backup count."""

import hashlib
import json
import re
import secrets
from datetime import datetime, timezone

import botocore.exceptions

import storage
from failure import Doubt

FORMAT = 1
PREFIX = "backups/"
NAME = "manifest.json"
ID = r"\d{8}T\d{6}Z-[0-9a-f]{6}"
FILES = ("database", "objects", "index")
SHOWN = "%Y-%m-%dT%H:%M:%SZ"


def now():
    return datetime.now(timezone.utc)


def new_id():
    """Ids sort by time; the random end keeps two backups of one second apart."""
    return f"{now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"


def key_of(backup_id, name):
    return f"{PREFIX}{backup_id}/{name}"


def _seal(manifest):
    content = json.dumps({key: value for key, value in manifest.items() if key != "seal"}, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def write(s3, bucket, manifest):
    sealed = {**manifest, "seal": _seal(manifest)}
    data = json.dumps(sealed, indent=2).encode()
    storage.put(s3, bucket, key_of(manifest["id"], NAME), data, once=True, ContentType="application/json")


def _versions(s3, bucket):
    """
    Backup id -> version of its manifest and whether the bucket's retention has hidden it. Of several versions the first one
    counts: whatever somebody with the backup's key wrote later changes no backup that is there.
    """
    first, hidden = {}, set()
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=PREFIX)
    for page in pages:
        for entry in page.get("Versions", []):
            match = re.fullmatch(f"{PREFIX}({ID})/{NAME}", entry["Key"])
            if match and (match[1] not in first or entry["LastModified"] <= first[match[1]]["LastModified"]):
                first[match[1]] = entry
        for marker in page.get("DeleteMarkers", []):
            if marker["IsLatest"]:
                hidden.add(marker["Key"])
    return {id_: (entry["VersionId"], entry["Key"] in hidden) for id_, entry in first.items()}


def _read(s3, bucket, backup_id, version):
    key = key_of(backup_id, NAME)
    try:
        # A bucket that never kept versions names its objects' only one "null".
        more = {} if version in (None, "null") else {"VersionId": version}
        _, text = storage.whole(lambda: s3.get_object(Bucket=bucket, Key=key, **more))
    except botocore.exceptions.ClientError as error:
        if storage.error_code(error) in ("NoSuchKey", "NoSuchVersion", "404"):
            raise Doubt(f"{key} was deleted from bucket {bucket} while it was looked for") from error
        raise
    return _checked(text, backup_id, key)


def _checked(text, backup_id, key):
    try:
        manifest = json.loads(text)
    except ValueError as error:
        raise Doubt(f"the backup is damaged: {key} is no JSON ({error})") from error
    if not isinstance(manifest, dict) or manifest.get("seal") != _seal(manifest):
        raise Doubt(f"the backup is damaged: {key} does not have the checksum that it states")
    if manifest["format"] != FORMAT:
        raise Doubt(f"{key} has format {manifest['format']}; this version reads {FORMAT}: use the version that made it")
    if manifest["id"] != backup_id or set(manifest["files"]) != set(FILES):
        raise Doubt(f"the backup is damaged: {key} is not the manifest of this backup")
    return manifest


class Damaged:
    """A backup whose manifest cannot be trusted, and why."""

    def __init__(self, reason):
        self.reason = reason


def every(s3, bucket):
    """All backups that were finished: (id, hidden by retention, manifest or Damaged), the oldest first."""
    for backup_id, (version, hidden) in sorted(_versions(s3, bucket).items()):
        try:
            yield backup_id, hidden, _read(s3, bucket, backup_id, version)
        except Doubt as doubt:
            yield backup_id, hidden, Damaged(str(doubt))


def find(s3, bucket, wanted):
    """The manifest of `latest`, of an id, or of the newest backup that is not younger than a time."""
    versions = _versions(s3, bucket)
    if re.fullmatch(ID, wanted):
        if wanted not in versions:
            raise Doubt(f"there is no finished backup {wanted} in bucket {bucket}")
        return _read(s3, bucket, wanted, versions[wanted][0])
    until = None if wanted == "latest" else _time(wanted)
    shown = sorted((id_ for id_, (_, hidden) in versions.items() if not hidden), reverse=True)
    if not shown:
        raise Doubt(f"there is no finished backup in bucket {bucket}")
    for backup_id in shown:
        # A damaged one is not passed over in silence: an older state than the one asked for would be a wrong "ok".
        found = _read(s3, bucket, backup_id, versions[backup_id][0])
        if until is None or _time(found["snapshot"]["time"]) <= until:
            return found
    raise Doubt(f"no backup in bucket {bucket} is as old as {wanted}; the oldest is {shown[-1]}")


def _time(text):
    try:
        time = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        time = None
    if time is None or time.tzinfo is None:
        raise Doubt(
            f'FROM is "{text}"; it must be latest, an id of the list of backups, or a time with its zone such as '
            f"2026-01-31T04:00:00Z"
        )
    return time
