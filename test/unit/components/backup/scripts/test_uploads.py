import os
import platform
import subprocess
import sys
import threading
import time
import tracemalloc

import pytest
from botocore.exceptions import ClientError

import storage
import uploads
from samples import BACKUPS, sha256, upload, versions_of


class Parts:
    """An S3 API that notes the sizes of the parts that it is sent."""

    def __init__(self):
        self.sizes, self.parts, self.aborted = {}, [], False

    def create_multipart_upload(self, **_):
        return {"UploadId": "1"}

    def upload_part(self, **asked):
        self.sizes[asked["PartNumber"]] = len(asked["Body"])
        return {"ETag": f"of {asked['PartNumber']}"}

    def complete_multipart_upload(self, MultipartUpload, **_):  # noqa: N803 (the name is S3's)
        self.parts = MultipartUpload["Parts"]
        return {"VersionId": "1"}

    def abort_multipart_upload(self, **_):
        self.aborted = True


def test_an_upload_tells_what_a_manifest_says_of_it(s3):
    content = bytes(uploads.PART) + b"01234"
    file = upload(s3, "file", content)
    version = s3.head_object(Bucket=BACKUPS, Key="file")["VersionId"]
    assert file == {"key": "file", "size": len(content), "sha256": sha256(content), "version": version}
    assert b"".join(storage.Download(s3, BACKUPS, file)) == content


def test_an_empty_upload_is_a_file(s3):
    file = upload(s3, "file", b"")
    storage.Download(s3, BACKUPS, file).check()
    assert file["size"] == 0


def test_an_upload_that_fails_leaves_nothing(s3):
    def cut_off():
        with uploads.Upload(s3, BACKUPS, "file") as target:
            target.write(bytes(uploads.PART))
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        cut_off()
    assert versions_of(s3, "file") == 0
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=BACKUPS)


def test_parts_grow_so_that_their_number_suffices(monkeypatch):
    monkeypatch.setattr(uploads, "PART", 4)
    monkeypatch.setattr(uploads, "PARTS_OF_ONE_SIZE", 2)
    s3 = Parts()
    with uploads.Upload(s3, "any", "key") as target:
        for _ in range(30):
            target.write(b"x")
        target.finish()
    assert s3.sizes == {1: 4, 2: 4, 3: 8, 4: 8, 5: 6}
    assert s3.parts == [{"ETag": f"of {number}", "PartNumber": number} for number in range(1, 6)]


class Slow(Parts):
    """Takes no part before another one is on its way, and refuses the last."""

    def __init__(self, together, refused=None):
        super().__init__()
        self._barrier = threading.Barrier(together, timeout=10)
        self._refused = refused

    def upload_part(self, **asked):
        self._barrier.wait()
        if asked["PartNumber"] == self._refused:
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "UploadPart")
        return super().upload_part(**asked)


def test_parts_are_sent_side_by_side_and_named_in_their_order(monkeypatch):
    monkeypatch.setattr(uploads, "PART", 4)
    s3 = Slow(3)
    with uploads.Upload(s3, "any", "key", under_way=12) as target:
        target.write(b"x" * 24)
        target.finish()
    assert [part["PartNumber"] for part in s3.parts] == list(range(1, 7))


class Late(Parts):
    """Takes a part after a while."""

    def upload_part(self, **asked):
        time.sleep(0.02)
        return super().upload_part(**asked)


@pytest.mark.parametrize(("under_way", "held"), [(1, 4), (3, 8)])
def test_no_more_is_held_than_may_be_under_way(monkeypatch, under_way, held):
    monkeypatch.setattr(uploads, "PART", storage.MEBIBYTE)
    chunk = bytes(storage.MEBIBYTE)
    tracemalloc.start()
    try:
        with uploads.Upload(Late(), "any", "key", under_way=under_way * storage.MEBIBYTE) as target:
            for _ in range(30):
                target.write(chunk)
            target.finish()
        assert tracemalloc.get_traced_memory()[1] < held * storage.MEBIBYTE
    finally:
        tracemalloc.stop()


# What a process holds, in MiB, after it has freed parts between which it made small blocks.
HELD = """
import uploads

def held():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 // uploads.MEBIBYTE

class Api:
    def create_multipart_upload(self, **_):
        return {"UploadId": "any"}

part = lambda: bytearray(b"x") * uploads.PART
with uploads.Upload(Api(), "any", "key") as target:
    target._id = None
part()
before = held()
parts, small = [], []
for _ in range(6):
    parts.append(part())
    small.append(bytearray(b"y") * 100_000)
del parts
print(held() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_parts_that_were_sent_are_no_longer_held():
    path = os.pathsep.join(sys.path)
    told = subprocess.run([sys.executable, "-c", HELD], env={"PYTHONPATH": path}, check=True, capture_output=True)
    assert int(told.stdout) < 20


def test_a_part_that_is_refused_ends_the_upload(monkeypatch):
    monkeypatch.setattr(uploads, "PART", 4)
    s3 = Slow(1, refused=2)

    def send():
        with uploads.Upload(s3, "any", "key") as target:
            target.write(b"x" * 40)
            target.finish()

    with pytest.raises(ClientError, match="AccessDenied"):
        send()
    assert s3.aborted
    assert not s3.parts
