"""What many and large schemas cost, in a bucket that needs no memory of its own."""

import io
import json
import time
import tracemalloc
from datetime import datetime, timezone

import objects
import storage
from samples import sha256

MODIFIED = datetime(2026, 1, 31, tzinfo=timezone.utc)


class Endless:
    """A bucket of any size: what it is asked for it makes, what it is given it forgets."""

    def __init__(self, content):
        self._content = content
        self.written = 0

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


def keys(count):
    return [f"schemas/many/s{n:06}/1.json" for n in range(count)]


def processor_seconds(count):
    """What it takes to read so many schemas."""
    size = len(schema(keys(1)[0]))
    data, index = packed(Endless(schema), keys(count), size)
    assert count * size / len(data) > 50, "they compress too little to show anything"
    began = time.process_time()
    assert sum(1 for _ in objects.unpack(File(data), index)) == count
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
    monkeypatch.setattr(storage, "PART", storage.MEBIBYTE)
    content = bytes(10 * storage.MEBIBYTE)
    s3 = Endless(lambda _: content)
    data, index = packed(s3, keys(3), len(content))
    used = peak(lambda: objects.write(s3, "any", objects.unpack(File(data), index)))
    assert s3.written == 3
    assert used < 8 * storage.MEBIBYTE


def test_what_has_been_read_is_not_kept():
    data, index = packed(Endless(lambda _: b""), keys(4_000), 0)
    file = File(data)
    assert peak(lambda: sum(1 for _ in objects.unpack(file, index))) < 2 * storage.MEBIBYTE


def test_an_index_needs_little_memory():
    count = 10_000
    entry = {"size": 300, "contentType": "application/json", "metadata": {}, "sha256": sha256(b"")}
    sink = io.BytesIO()
    objects.write_index(({"key": key, "version": "v" * 32, **entry} for key in keys(count)), sink)
    file = File(sink.getvalue())
    assert peak(lambda: objects.read_index(file)) < 1300 * count
