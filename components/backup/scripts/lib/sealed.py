"""
Small JSON files in the backups bucket that are written once: manifests and results of drills.

Each states its own checksum, which tells of damage, and has an HMAC by the stack's seal key, which tells who wrote it:
whoever may only add objects to the bucket can make a good checksum, but no HMAC. Earlier versions made none.
"""

import hashlib
import hmac
import json
import re
from datetime import datetime, timedelta

import botocore.exceptions

import environment
import storage
from failure import Doubt

# The clocks of PostgreSQL, S3 and this pod are not one.
SKEW = timedelta(hours=1)

FOREIGN = "it does not have the seal of this stack's key"


class Damaged:
    """A file that cannot be trusted, and why."""

    def __init__(self, reason):
        self.reason = reason


def _without(content, *names):
    return json.dumps({key: value for key, value in content.items() if key not in names}, sort_keys=True).encode()


def checksum(content):
    return hashlib.sha256(_without(content, "seal")).hexdigest()


def _hmac(content):
    key = environment.seal_key().encode()
    return hmac.new(key, _without(content, "seal", "hmac"), hashlib.sha256).hexdigest()


def seal(content):
    """The content with its HMAC, and with a checksum over both: earlier versions ask for no more than that."""
    content = {**content, "hmac": _hmac(content)}
    return {**content, "seal": checksum(content)}


def write(s3, bucket, key, content):
    data = json.dumps(seal(content), indent=2).encode()
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
    """
    What the file says, and when it was written. Beyond what was written: `sealed`, whether it has the seal of this
    stack's key, and `written`, the time that S3 tells.
    """
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
    if not isinstance(content, dict) or content.get("seal") != checksum(content):
        raise Doubt(f"{key} does not have the checksum that it states")
    # In the place of the HMAC somebody may have written anything.
    is_sealed = hmac.compare_digest(ascii(content.get("hmac")), ascii(_hmac(content)))
    written = answer["LastModified"]
    return {**content, "sealed": is_sealed, "written": written.strftime("%Y-%m-%dT%H:%M:%SZ")}, written


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


def judged(files):
    """
    The same files, but for those without the seal that were written after one that has it: earlier versions made none
    of these. When they were written is what S3 says, and not what they say themselves.
    """
    files = list(files)
    good = [file for file in files if not isinstance(file, Damaged)]
    first = min((file["written"] for file in good if file["sealed"]), default=None)
    for file in files:
        foreign = first and not isinstance(file, Damaged) and not file["sealed"] and file["written"] > first
        yield Damaged(f"{FOREIGN}, and one that was written before has it") if foreign else file


def counting(files):
    """Of good files, those that tell of the present: the sealed ones, or all as long as there is none."""
    return [file for file in files if file["sealed"]] or files
