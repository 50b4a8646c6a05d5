"""Small JSON files in the backups bucket that are written once and state their own checksum: manifests and results of drills."""

import hashlib
import json
import re

import botocore.exceptions

import storage
from failure import Doubt


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
    Key -> version, and whether the bucket's retention has hidden it, of all keys that match. Of several versions the first one
    counts: whatever somebody with the writer's key wrote later changes nothing that is there.
    """
    first, hidden = {}, set()
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix)
    for page in pages:
        for entry in page.get("Versions", []):
            key = entry["Key"]
            if re.fullmatch(pattern, key) and (
                key not in first or entry["LastModified"] <= first[key]["LastModified"]
            ):
                first[key] = entry
        for marker in page.get("DeleteMarkers", []):
            if marker["IsLatest"]:
                hidden.add(marker["Key"])
    return {key: (entry["VersionId"], key in hidden) for key, entry in first.items()}


def read(s3, bucket, key, version):
    try:
        # A bucket that never kept versions names its objects' only one "null".
        more = {} if version in (None, "null") else {"VersionId": version}
        _, text = storage.whole(lambda: s3.get_object(Bucket=bucket, Key=key, **more))
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
    return content


def remembered(known, key, version, reader):
    """What the reader makes of a file, or Damaged. A version's content never changes: what is known is not read again."""
    if (key, version) in known:
        return known[key, version]
    try:
        found = reader()
    except Doubt as doubt:
        found = Damaged(str(doubt))
    if version != "null":
        known[key, version] = found
    return found
