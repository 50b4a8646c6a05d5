"""What test/faults/many-objects.test.ts asks of operations/: python many_objects.py OPERATIONS QUESTION. The answer is one line of JSON."""

import hashlib
import io
import json
import sys
import time
import tracemalloc
from datetime import datetime, timezone

sys.path.insert(0, sys.argv[1])

import objects
import storage

MODIFIED = datetime(2026, 1, 31, tzinfo=timezone.utc)


class Endless:
    """A bucket of any size, which needs no memory: what it is asked for it makes, what it is given it forgets."""

    def __init__(self, content):
        self._content = content
        self.written = 0

    def get_object(self, Key, **_):
        return {"Body": io.BytesIO(self._content(Key)), "LastModified": MODIFIED}

    def put_object(self, **_):
        self.written += 1
        return {}

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
    """The file of schemas of these keys, and its index."""
    listing = ({"key": key, "version": "v1", "size": size} for key in keys)
    sink = io.BytesIO()
    index = {entry["key"]: entry for entry in objects.pack(s3, "any", listing, sink)}
    return sink.getvalue(), index


def keys(count):
    return [f"schemas/many/s{n:06}/1.json" for n in range(count)]


def processor_seconds(count):
    """What it takes to read so many schemas, and by how much they are compressed."""
    size = len(schema(keys(1)[0]))
    data, index = packed(Endless(schema), keys(count), size)
    began = time.process_time()
    assert sum(1 for _ in objects.unpack(File(data), index)) == count
    return time.process_time() - began, count * size / len(data)


def growth():
    """How much more it takes to read ten times as many objects."""
    few, _ = processor_seconds(2_000)
    many, ratio = processor_seconds(20_000)
    return {"times": many / few, "compressed": ratio}


def peak(work):
    tracemalloc.start()
    work()
    return tracemalloc.get_traced_memory()[1]


def large():
    """The memory that it takes to write five large objects."""
    content = bytes(30 * storage.MEBIBYTE)
    s3 = Endless(lambda _: content)
    data, index = packed(s3, keys(5), len(content))
    used = peak(lambda: objects.write(s3, "any", objects.unpack(File(data), index)))
    return {"written": s3.written, "mebibytes": used / storage.MEBIBYTE}


def index():
    """The memory of an index, for each object of it."""
    count = 20_000
    entry = {"size": 300, "contentType": "application/json", "metadata": {}}
    sink = io.BytesIO()
    sha256 = hashlib.sha256(b"").hexdigest
    objects.write_index(({"key": key, "version": "v" * 32, **entry, "sha256": sha256()} for key in keys(count)), sink)
    file = File(sink.getvalue())
    return {"bytes": peak(lambda: objects.read_index(file)) / count}


print(json.dumps(globals()[sys.argv[2]]()))
