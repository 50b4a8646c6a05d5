"""
The manifest of a backup: what belongs to it, and how to know that it is whole. Written last, it makes a backup count.
"""

import re
import secrets
from datetime import datetime, timezone
from functools import partial

import sealed
from failure import Doubt, say

FORMAT = 1
PREFIX = "backups/"
NAME = "manifest.json"
ID = r"\d{8}T\d{6}Z-[0-9a-f]{6}"
_FILE = {"key": str, "size": int, "sha256": str}
_FILES = {"database": _FILE, "objects": _FILE, "index": _FILE}
# What every manifest has. Newer ones have more.
_SHAPE = {
    "format": int,
    "id": str,
    "seconds": (int, float),
    "snapshot": {"time": str},
    "versions": {"postgresNumber": int, "changelog": (dict, type(None))},
    "database": {"bytes": int, "encoding": str, "collate": str, "ctype": str, "rows": dict},
    "schemas": {"bucket": str, "count": int, "missing": int},
    "files": _FILES,
}
Damaged = sealed.Damaged
SHOWN = "%Y-%m-%dT%H:%M:%SZ"


def now():
    return datetime.now(timezone.utc)


def new_id():
    """Ids sort by time; the random end keeps two backups of one second apart."""
    return f"{now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"


def key_of(backup_id, name):
    return f"{PREFIX}{backup_id}/{name}"


def write(s3, bucket, manifest):
    sealed.write(s3, bucket, key_of(manifest["id"], NAME), manifest)


def _versions(s3, bucket):
    """Backup id -> version of its manifest, and whether the bucket's retention has hidden it."""
    found = sealed.versions(s3, bucket, PREFIX, f"{PREFIX}{ID}/{NAME}")
    return {key.split("/")[1]: entry for key, entry in found.items()}


def _read(s3, bucket, backup_id, version):
    key = key_of(backup_id, NAME)
    try:
        manifest, written = sealed.read(s3, bucket, key, version)
        if manifest.get("format", FORMAT) == FORMAT:
            sealed.check_shape(key, manifest, _SHAPE)
            sealed.check_time(key, manifest["snapshot"]["time"], written)
    except Doubt as doubt:
        raise Doubt(f"the backup is damaged: {doubt}") from doubt
    if manifest["format"] != FORMAT:
        raise Doubt(f"{key} has format {manifest['format']}; this version reads {FORMAT}: use the version that made it")
    if manifest["id"] != backup_id or set(manifest["files"]) != set(_FILES):
        raise Doubt(f"the backup is damaged: {key} is not the manifest of this backup")
    return manifest


def every(s3, bucket, known=None):
    """All backups that were finished: (id, hidden by retention, manifest or Damaged), the oldest first."""
    known = {} if known is None else known
    versions = sorted(_versions(s3, bucket).items())
    read = [
        sealed.remembered(known, key_of(backup_id, NAME), version, partial(_read, s3, bucket, backup_id, version))
        for backup_id, (version, _) in versions
    ]
    for (backup_id, (_, hidden)), found in zip(versions, sealed.judged(read)):
        yield backup_id, hidden, found


def elsewhere(manifest):
    """How many rows name another bucket than the one that was backed up. Older manifests do not tell."""
    return manifest["schemas"].get("elsewhere", 0)


def find(s3, bucket, wanted):
    """
    The manifest of `latest`, of an id, or of the newest backup that is not younger than a time. Without the seal of
    this stack's key a backup is taken by its id only: then somebody vouches for it.
    """
    versions = _versions(s3, bucket)
    if re.fullmatch(ID, wanted):
        if wanted not in versions:
            raise Doubt(f"there is no finished backup {wanted} in bucket {bucket}")
        named = _read(s3, bucket, wanted, versions[wanted][0])
        if not named["sealed"]:
            say(f"backup {wanted}: {sealed.FOREIGN}; it is taken because it was named")
        return named
    until = None if wanted == "latest" else time_of(wanted)
    shown = sorted((id_ for id_, (_, hidden) in versions.items() if not hidden), reverse=True)
    if not shown:
        raise Doubt(f"there is no finished backup in bucket {bucket}")
    foreign = []
    for backup_id in shown:
        # A damaged one is not passed over in silence: an older state than the one asked for would be a wrong "ok".
        found = _read(s3, bucket, backup_id, versions[backup_id][0])
        if until is None or time_of(found["snapshot"]["time"]) <= until:
            if found["sealed"]:
                return found
            say(f"backup {backup_id} is passed over: {sealed.FOREIGN}")
            foreign.append(found)
    if foreign:
        newest = foreign[0]
        raise Doubt(
            f"no backup in bucket {bucket} has the seal of this stack's key, so {wanted} is none of them: an earlier "
            "version made them, or another stack, whose key restoreFromSealKey takes, or somebody who should not. To "
            f"take one nevertheless, name it: {newest['id']} of {newest['snapshot']['time']} is the newest"
        )
    raise Doubt(f"no backup in bucket {bucket} is as old as {wanted}; the oldest is {shown[-1]}")


def time_of(text):
    time = sealed.moment(text)
    if time is None:
        raise Doubt(
            f'FROM is "{text}"; it must be latest, an id of the list of backups, or a time with its zone such as '
            f"2026-01-31T04:00:00Z"
        )
    return time
