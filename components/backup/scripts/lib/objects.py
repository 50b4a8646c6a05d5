"""
The schemas bucket as one tar file and an index of it. What is held in memory is the index, and never an object that is
large.
"""

import contextlib
import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections import deque
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


def in_turns(pool, work, items):
    """Yields each item and what the work made of it. A pool's own map would begin with all of them at once."""
    items = iter(items)
    while batch := list(islice(items, AT_ONCE * 4)):
        yield from zip(batch, pool.map(work, batch))


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
            tar.members.clear()
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
    index = {}
    try:
        for line in _lines(download):
            entry = json.loads(line)
            index[entry["key"]] = entry
    except (ValueError, KeyError, TypeError) as error:
        download.check()
        raise Doubt(f"the backup is damaged: its index of schemas cannot be read: {error}") from error
    download.check()
    return index


def _lines(chunks):
    rest = b""
    for data in chunks:
        *lines, rest = (rest + data).split(b"\n")
        yield from lines
    if rest:
        yield rest


@contextlib.contextmanager
def _damage_in_words():
    try:
        yield
    except botocore.exceptions.HTTPClientError:
        raise
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise Doubt(f"the backup is damaged: its file of schemas cannot be read: {error}") from error


class _Content:
    """The content of one object, as a stream. Its end fails unless all of it has the checksum of the index."""

    def __init__(self, file, entry):
        self._body = _Hashing(file)
        self._entry = entry

    def read(self, size=storage.MEBIBYTE):
        with _damage_in_words():
            data = self._body.read(size)
        if not data and self._body.hash.hexdigest() != self._entry["sha256"]:
            raise Doubt(f"the backup is damaged: {self._entry['key']} does not have the SHA-256 of its index")
        return data

    def __iter__(self):
        return iter(self.read, b"")


def _members(download):
    """
    The file's members, one by one. tarfile would inflate all that a read brings at once, and keep what has passed.
    """
    with _damage_in_words():
        inflated = gzip.GzipFile(fileobj=download, mode="rb")
        tar = tarfile.open(fileobj=inflated, mode="r|")  # noqa: SIM115 (nothing of it needs to be closed)
    while True:
        with _damage_in_words():
            member = tar.next()
        if member is None:
            return
        tar.members.clear()
        yield member, tar.extractfile(member)


def unpack(download, index):
    """
    Yields the entry and the content of each object. What its reader leaves of a content is read, and checked, all the
    same.
    """
    seen = set()
    for member, file in _members(download):
        entry = index.get(member.name)
        if entry is None or file is None:
            raise Doubt(f"the backup is damaged: {member.name} is not in its index")
        content = _Content(file, entry)
        yield entry, content
        for _ in content:
            pass
        seen.add(entry["key"])
    download.check()
    if missing := set(index) - seen:
        raise Doubt(
            f"the backup is damaged: {len(missing)} schemas of its index are not in its file, {min(missing)} first"
        )


def missing(rows, bucket, index):
    """
    Addresses of the schemas that rows tell of and that the index does not hold with the row's checksum; and how many
    rows name another bucket, whose objects are no part of the backup.
    """
    lost, elsewhere = [], 0
    start = f"s3://{bucket}/"
    for address, checksum in rows:
        if not address.startswith(start):
            elsewhere += 1
            continue
        entry = index.get(address[len(start) :])
        if entry is None or (checksum and entry["sha256"] != checksum):
            lost.append(address)
    return lost, elsewhere


def differing(s3, bucket, index):
    """
    Keys of the index that the bucket does not hold; and those that it holds with another content, each with its version
    there.
    """

    def is_other(now):
        entry = index[now["key"]]
        # A version's content never changes.
        if now["version"] != "null" and now["version"] == entry["version"]:
            return False
        if now["size"] != entry["size"]:
            return True
        body = _Hashing(_get(s3, bucket, now)["Body"])
        while body.read(storage.MEBIBYTE):
            pass
        return body.hash.hexdigest() != entry["sha256"]

    absent, other = set(index), {}
    there = (now for now in current(s3, bucket) if now["key"] in index)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for now, is_so in in_turns(pool, is_other, there):
            absent.discard(now["key"])
            if is_so:
                other[now["key"]] = now["version"]
    return absent, other


def write(s3, bucket, contents):
    """Puts objects, several small ones at once; a large one is never held whole. Returns how many."""

    def put(entry, data):
        storage.put(s3, bucket, entry["key"], data, **_described(entry))

    count = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = deque()
        for entry, content in contents:
            if entry["size"] > SMALL:
                _stream(s3, bucket, entry, content)
            else:
                running.append(pool.submit(put, entry, b"".join(content)))
            if len(running) == AT_ONCE:
                running.popleft().result()
            count += 1
        for last in running:
            last.result()
    return count


def _described(entry):
    return {"ContentType": entry["contentType"], "Metadata": entry["metadata"]}


def _stream(s3, bucket, entry, content):
    with storage.Upload(s3, bucket, entry["key"], **_described(entry)) as upload:
        for data in content:
            upload.write(data)
        upload.finish()
