"""What many and large schemas cost, in a bucket that needs no memory of its own."""

import io
import json
import time
import tracemalloc
from datetime import datetime, timezone
from itertools import islice

import lists
import objects
import storage
import uploads
from samples import sha256

MODIFIED = datetime(2026, 1, 31, tzinfo=timezone.utc)


class Endless:
    """A bucket of any size: what it is asked for it makes, what it is given it forgets."""

    def __init__(self, content, listed=0):
        self._content = content
        self._listed = listed
        self.written = 0

    def get_paginator(self, _):
        return self

    def paginate(self, **_):
        """Its listing, a thousand at a time."""
        entry, listed = {"VersionId": "v" * 32, "Size": len(self._content("")), "IsLatest": True}, many(self._listed)
        while page := list(islice(listed, 1000)):
            yield {"Versions": [{**entry, "Key": key} for key in page]}

    def get_object(self, **asked):
        return {"Body": io.BytesIO(self._content(asked["Key"])), "LastModified": MODIFIED}

    def create_multipart_upload(self, **_):
        return {"UploadId": "1"}

    def upload_part(self, **_):
        return {"ETag": "1"}

    def complete_multipart_upload(self, **_):
        self.written += 1
        return {}


class File(io.BytesIO):
    """A file of a backup, as storage.Download gives it."""

    def read(self, size=storage.MEBIBYTE):
        return super().read(size)

    def __iter__(self):
        return iter(self.read, b"")

    def check(self):
        """Nothing is wrong with it."""


def schema(key):
    """Such as are alike, and compress well."""
    return json.dumps({"schema": key, "tables": [{"name": f"table {n}"} for n in range(50)]}).encode()


def packed(s3, keys, size):
    listing = ({"key": key, "version": "v1", "size": size} for key in keys)
    sink = io.BytesIO()
    index = {entry["key"]: entry for entry in objects.pack(s3, "any", listing, sink)}
    return sink.getvalue(), index


class Counted:
    """Takes all that it is given, and keeps its size."""

    def __init__(self):
        self.size = 0

    def write(self, data):
        self.size += len(data)
        return len(data)


def many(count):
    return (f"schemas/many/s{n:06}/1.json" for n in range(count))


def keys(count):
    return list(many(count))


def processor_seconds(count):
    """What it takes to read so many schemas."""
    size = len(schema(keys(1)[0]))
    data, index = packed(Endless(schema), keys(count), size)
    assert count * size / len(data) > 50, "they compress too little to show anything"
    began = time.process_time()
    assert sum(1 for _ in objects.unpack(File(data), index.values())) == count
    return time.process_time() - began


def peak(work):
    """The bytes that it takes at most."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_many_are_read_in_a_time_that_grows_with_their_number_not_with_its_square():
    assert processor_seconds(5_000) < 40 * processor_seconds(500)


def test_large_ones_are_never_held_whole(monkeypatch):
    monkeypatch.setattr(uploads, "PART", storage.MEBIBYTE)
    content = bytes(10 * storage.MEBIBYTE)
    s3 = Endless(lambda _: content)
    data, index = packed(s3, keys(3), len(content))
    used = peak(lambda: objects.write(s3, "any", objects.unpack(File(data), index.values())))
    assert s3.written == 3
    assert used < 8 * storage.MEBIBYTE


def test_what_has_been_read_is_not_kept():
    data, index = packed(Endless(lambda _: b""), keys(4_000), 0)
    file = File(data)
    assert peak(lambda: sum(1 for _ in objects.unpack(file, index.values()))) < 2 * storage.MEBIBYTE


def backed_up(count):
    """All that a backup does with so many schemas and their rows, and a restore with its index."""
    s3 = Endless(lambda _: b"", count)
    rows = objects.Rows(((f"s3://any/{key}", sha256(b"")) for key in many(count)), "any")
    listed = lists.Sorted((entry["key"], entry) for entry in objects.current(s3, "any"))
    entries = (entry for _, entry, _ in rows.matched(listed))
    sink, index = Counted(), Counted()
    for entry in objects.pack(s3, "any", entries, sink):
        index.write(objects.line(entry))
    described = ({**entry, "sha256": sha256(b"")} for _, entry in listed)
    held = objects.compared(s3, "any", described, count, lambda _: True)
    assert held == bytes(count)
    assert index.size > 100 * count


def test_lists_of_many_need_no_memory_of_their_own(monkeypatch):
    """Of each more, a restore holds a byte; of each run that is sorted on disk, a list holds an open file."""
    monkeypatch.setattr(lists, "RUN", 500)
    backed_up(1)
    few, much = peak(lambda: backed_up(500)), peak(lambda: backed_up(2_000))
    # All of them would be 800 bytes each in a backup, and 1300 in a restore.
    assert much - few < 400 * 1_500, (few, much)
