"""
The schemas bucket as one tar file and an index of it, in the same order. Neither the index nor an object that is large
is ever held in memory.
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

import botocore.exceptions

import lists
import storage
import uploads
from failure import Doubt, Failure, say

PREFIX = "schemas/"
# Fetched ahead of their turn, and held in memory meanwhile; larger ones are streamed when it is their turn.
SMALL = storage.MEBIBYTE
AT_ONCE = 16
# What an entry of the index tells at least.
_TOLD = {"key", "version", "size", "sha256"}


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
    running = deque()
    for item in items:
        running.append((item, pool.submit(work, item)))
        if len(running) == AT_ONCE * 4:
            first, result = running.popleft()
            yield first, result.result()
    for item, result in running:
        yield item, result.result()


def _fetched(s3, bucket, entries):
    """The objects in the order of the entries, the small ones fetched side by side and ahead of their turn."""

    def fetch(entry):
        if entry["size"] <= SMALL:
            answer, content = storage.whole(lambda: _get(s3, bucket, entry))
            return answer, io.BytesIO(content)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for entry, fetched in in_turns(pool, fetch, entries):
            answer, content = fetched or (_get(s3, bucket, entry), None)
            yield entry, answer, content


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


def line(entry):
    """Of the index."""
    return json.dumps(entry).encode() + b"\n"


def read_index(download):
    """Yields the entries. Its end fails unless it is the index that the manifest means."""
    try:
        for text in _lines(download):
            entry = json.loads(text)
            if not entry.keys() >= _TOLD:
                raise ValueError(f"an entry without {', '.join(sorted(_TOLD - entry.keys()))}")
            yield entry
    except (ValueError, AttributeError) as error:
        download.check()
        raise Doubt(f"the backup is damaged: its index of schemas cannot be read: {error}") from error
    download.check()


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
    Yields the entry and the content of each object of the index. What its reader leaves of a content is read, and
    checked, all the same.
    """
    entries = iter(index)
    for member, file in _members(download):
        entry = next(entries, None)
        if entry is None or file is None:
            raise Doubt(f"the backup is damaged: {member.name} is not in its index")
        if entry["key"] != member.name:
            raise Doubt(f"the backup is damaged: its file has {member.name} where its index has {entry['key']}")
        content = _Content(file, entry)
        yield entry, content
        for _ in content:
            pass
    download.check()
    if first := next(entries, None):
        count = 1 + sum(1 for _ in entries)
        raise Doubt(f"the backup is damaged: {count} schemas of its index are not in its file, {first['key']} first")


class Rows:
    """What rows tell of the objects of a bucket, and how many tell of another one, whose objects are in no backup."""

    def __init__(self, rows, bucket):
        self.elsewhere = 0
        self._start = f"s3://{bucket}/"
        self._told = lists.Sorted(self._of_bucket(rows))

    def _of_bucket(self, rows):
        for address, checksum in rows:
            if address.startswith(self._start):
                yield address[len(self._start) :], checksum
            else:
                self.elsewhere += 1

    def matched(self, entries):
        """Each entry of a sorted list, or None where there is none, and the checksums that rows tell of its key."""
        return lists.matched(entries, self._told)


class Missing:
    """Rows whose schema is not there, or has another content than they tell of; and the keys of these schemas."""

    def __init__(self):
        self.rows, self.keys = 0, set()

    def look(self, key, checksums, entry):
        """At an entry, or None, and the checksums that rows tell of its key. A row may tell of none in particular."""
        other = sum(entry is None or bool(checksum and checksum != entry["sha256"]) for checksum in checksums)
        if other:
            self.rows += other
            self.keys.add(key)


SAME, ABSENT, OTHER = range(3)


def compared(s3, bucket, index, count, trusted):
    """
    How the bucket holds each entry of the index, which has so many, in its order: a byte each. A key that is not
    trusted is never OTHER. Every version of another content is told.
    """
    found = bytearray(count)
    numbered = lists.Sorted(
        (entry["key"], [number, {field: entry[field] for field in _TOLD}]) for number, entry in enumerate(index)
    )
    there = lists.Sorted((now["key"], now) for now in current(s3, bucket))

    def both():
        for _, ours, now in lists.matched(numbered, there):
            if ours and now:
                yield *ours, now[0]
            elif ours:
                found[ours[0]] = ABSENT

    def is_other(pair):
        _, entry, now = pair
        # A version's content never changes.
        if now["version"] != "null" and now["version"] == entry["version"]:
            return False
        if now["size"] != entry["size"]:
            return True
        body = _Hashing(_get(s3, bucket, now)["Body"])
        while body.read(storage.MEBIBYTE):
            pass
        return body.hash.hexdigest() != entry["sha256"]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for (number, entry, now), is_so in in_turns(pool, is_other, both()):
            if is_so and trusted(entry["key"]):
                say(f"replacing version {now['version']} of {entry['key']}")
                found[number] = OTHER
    return found


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
    with uploads.Upload(s3, bucket, entry["key"], **_described(entry)) as upload:
        for data in content:
            upload.write(data)
        upload.finish()
