"""The schemas bucket as one tar file and an index of it, in constant memory."""

import hashlib
import io
import json
import tarfile
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import botocore.exceptions

import storage
from failure import Doubt, Failure

PREFIX = "schemas/"
# Fetched ahead of their turn, and held in memory meanwhile; larger ones are streamed when it is their turn.
SMALL = storage.MEBIBYTE
AT_ONCE = 16


def current(s3, bucket):
    """What is in the bucket now: key, version and size of each object."""
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=PREFIX)
    for page in pages:
        for entry in page.get("Versions", []):
            if entry["IsLatest"]:
                yield {"key": entry["Key"], "version": entry["VersionId"], "size": entry["Size"]}


def _get(s3, bucket, entry):
    # A bucket that never kept versions names its objects' only one "null".
    more = {} if entry["version"] == "null" else {"VersionId": entry["version"]}
    return s3.get_object(Bucket=bucket, Key=entry["key"], **more)


def _fetched(s3, bucket, entries):
    """The objects in the order of the entries, the small ones fetched side by side."""

    def fetch(entry):
        if entry["size"] > SMALL:
            return entry, _get(s3, bucket, entry), None
        answer, content = storage.whole(lambda: _get(s3, bucket, entry))
        return entry, answer, io.BytesIO(content)

    entries = iter(entries)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while batch := list(islice(entries, AT_ONCE * 4)):
            small = [entry for entry in batch if entry["size"] <= SMALL]
            yield from pool.map(fetch, small)
            yield from (fetch(entry) for entry in batch if entry["size"] > SMALL)


class _Hashing:
    def __init__(self, body):
        self._body = body
        self.hash = hashlib.sha256()

    def read(self, size):
        data = self._body.read(size)
        self.hash.update(data)
        return data


def pack(s3, bucket, entries, sink):
    """Writes the objects into a tar file, and yields what the index says of each."""
    with tarfile.open(fileobj=sink, mode="w|gz", format=tarfile.PAX_FORMAT, bufsize=storage.MEBIBYTE) as tar:
        for entry, answer, content in _fetched(s3, bucket, entries):
            member = tarfile.TarInfo(entry["key"])
            member.size = entry["size"]
            member.mtime = int(answer["LastModified"].timestamp())
            body = _Hashing(content or answer["Body"])
            try:
                tar.addfile(member, body)
            except OSError as error:
                raise Failure(f"{entry['key']} in bucket {bucket} was cut off while it was read: {error}") from error
            # tarfile reads no more than it was told of.
            if body.read(1):
                raise Failure(f"{entry['key']} in bucket {bucket} has more bytes than its listing says")
            yield {
                **entry,
                "sha256": body.hash.hexdigest(),
                "contentType": answer.get("ContentType", "binary/octet-stream"),
                "metadata": answer.get("Metadata", {}),
            }


def write_index(index, sink):
    for entry in index:
        sink.write(json.dumps(entry).encode() + b"\n")


def read_index(download):
    """Key -> entry. Fails unless it is the index that the manifest means."""
    text = b"".join(download)
    download.check()
    return {entry["key"]: entry for entry in map(json.loads, text.decode().splitlines())}


def unpack(download, index):
    """Yields the entry and the content of each object, once its checksum is known to be right."""
    seen = set()
    try:
        with tarfile.open(fileobj=download, mode="r|gz", bufsize=storage.MEBIBYTE) as tar:
            for member in tar:
                entry = index.get(member.name)
                if entry is None:
                    raise Doubt(f"the backup is damaged: {member.name} is not in its index")
                content = tar.extractfile(member).read()
                if hashlib.sha256(content).hexdigest() != entry["sha256"]:
                    raise Doubt(f"the backup is damaged: {member.name} does not have the SHA-256 of its index")
                seen.add(member.name)
                yield entry, content
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, botocore.exceptions.HTTPClientError):
            raise
        raise Doubt(f"the backup is damaged: its file of schemas cannot be read: {error}") from error
    download.check()
    if missing := set(index) - seen:
        raise Doubt(f"the backup is damaged: {len(missing)} schemas of its index are not in its file, {min(missing)} first")


def missing(rows, bucket, index):
    """
    The schemas that rows tell of and that the index does not hold with the row's checksum. Addresses of another bucket are
    none of this one's objects.
    """
    start = f"s3://{bucket}/"
    for address, checksum in rows:
        if address.startswith(start):
            entry = index.get(address[len(start) :])
            if entry is None or (checksum and entry["sha256"] != checksum):
                yield address


def differing(s3, bucket, index):
    """Keys of the index that the bucket does not hold, and keys that it holds with another content."""
    there = {entry["key"]: entry for entry in current(s3, bucket)}
    absent = {key for key in index if key not in there}

    def is_other(key):
        now = there[key]
        # A version's content never changes.
        if now["version"] != "null" and now["version"] == index[key]["version"]:
            return False
        if now["size"] != index[key]["size"]:
            return True
        body = _Hashing(_get(s3, bucket, now)["Body"])
        while body.read(storage.MEBIBYTE):
            pass
        return body.hash.hexdigest() != index[key]["sha256"]

    present = sorted(set(index) - absent)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        other = {key for key, is_so in zip(present, pool.map(is_other, present)) if is_so}
    return absent, other


def write(s3, bucket, contents):
    """Puts objects, several at once. Returns how many."""

    def put(item):
        entry, content = item
        more = {"ContentType": entry["contentType"], "Metadata": entry["metadata"]}
        storage.put(s3, bucket, entry["key"], content, **more)

    contents = iter(contents)
    count = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while batch := list(islice(contents, AT_ONCE)):
            count += len(list(pool.map(put, batch)))
    return count
