"""
Small JSON files in the backups bucket that are written once and state their own checksum: manifests and results of
drills.
"""

import hashlib
import json
import re
from datetime import datetime, timedelta

import botocore.exceptions

import storage
from failure import Doubt

# The clocks of PostgreSQL, S3 and this pod are not one.
SKEW = timedelta(hours=1)


class Damaged:
    """A file that cannot be trusted, and why."""

    def __init__(self, reason):
        self.reason = reason


def seal(content):
    text = json.dumps({key: value for key, value in content.items() if key != "seal"}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def write(s3, bucket, key, content):
    data = json.dumps({**content, "seal": seal(content)}, indent=2).encode()
    storage.put(s3, bucket, key, data, once=True, ContentType="application/json")


def versions(s3, bucket, prefix, pattern):
    """
    Key -> version, and whether the bucket's retention has hidden it, of all keys that match. Of several versions the
    first one counts: whatever somebody with the writer's key wrote later changes nothing that is there.
    """
    first, hidden = {}, set()
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix)
    for page in pages:
        for entry in page.get("Versions", []):
            key = entry["Key"]
            if re.fullmatch(pattern, key) and (key not in first or entry["LastModified"] <= first[key]["LastModified"]):
                first[key] = entry
        for marker in page.get("DeleteMarkers", []):
            if marker["IsLatest"]:
                hidden.add(marker["Key"])
    return {key: (entry["VersionId"], key in hidden) for key, entry in first.items()}


def read(s3, bucket, key, version):
    """What the file says, and when it was written."""
    try:
        # A bucket that never kept versions names its objects' only one "null".
        more = {} if version in (None, "null") else {"VersionId": version}
        answer, text = storage.whole(lambda: s3.get_object(Bucket=bucket, Key=key, **more))
    except botocore.exceptions.ClientError as error:
        if storage.error_code(error) in ("NoSuchKey", "NoSuchVersion", "404"):
            raise Doubt(f"{key} was deleted from bucket {bucket} while it was looked for") from error
        raise
    try:
        content = json.loads(text)
    except ValueError as error:
        raise Doubt(f"{key} is no JSON ({error})") from error
    if not isinstance(content, dict) or content.get("seal") != seal(content):
        raise Doubt(f"{key} does not have the checksum that it states")
    return content, answer["LastModified"]


def check_shape(key, content, shape, path=""):
    """Fails unless the content has the keys of the shape, each with its type. It may have more."""
    for name, kind in shape.items():
        nested = isinstance(kind, dict)
        if name not in content or not isinstance(content[name], dict if nested else kind):
            raise Doubt(f"{key} has no {path}{name} that can be read")
        if nested:
            check_shape(key, content[name], kind, f"{path}{name}.")


def check_time(key, text, written):
    """Fails unless it is a time before the file was written. One in the future would never be too old."""
    time = moment(text)
    if time is None:
        raise Doubt(f'{key} has "{text}" in the place of a time')
    if time > written + SKEW:
        raise Doubt(f"{key} tells of {text}, and was written before, at {written}")


def moment(text):
    """The time that a text tells, with its zone; None if it tells none."""
    try:
        time = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return time if time.tzinfo else None


def remembered(known, key, version, reader):
    """
    What the reader makes of a file, or Damaged. A version's content never changes: what is known is not read again.
    """
    if (key, version) in known:
        return known[key, version]
    try:
        found = reader()
    except Doubt as doubt:
        found = Damaged(str(doubt))
    if version != "null":
        known[key, version] = found
    return found
