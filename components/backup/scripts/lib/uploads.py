"""A file written to S3 as a stream, with its checksum, in little memory and without a disk."""

import contextlib
import ctypes
import hashlib
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import botocore.exceptions

from storage import MEBIBYTE, content_md5

# S3 takes 10,000 parts of one upload. Parts that grow reach its largest object before that.
PART = 16 * MEBIBYTE
PARTS_OF_ONE_SIZE = 1000
# What may be under way at once, while the next part is read and counted into the checksum: one part at least.
UNDER_WAY = 48 * MEBIBYTE

# Of mallopt, in malloc.h of glibc.
_M_MMAP_THRESHOLD = -3


def _give_back_parts():
    """
    Once a block of a part's size was freed, glibc takes the next ones from heaps, where small ones between them keep
    them from the system: memory would grow with what is sent. Another C library has no such setting.
    """
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, MEBIBYTE)


class Upload:
    """
    A file that is written to S3 part by part, some of them side by side. It exists only once `finish` has returned.
    """

    def __init__(self, s3, bucket, key, under_way=UNDER_WAY, **more):
        self._s3 = s3
        self._under_way = under_way
        self._more = more
        self._target = {"Bucket": bucket, "Key": key}
        self._buffer = bytearray()
        self._count = 0
        self._running = deque()
        self._parts = []
        self._hash = hashlib.sha256()
        self._id = None
        self._pool = None
        self.size = 0

    def __enter__(self):
        _give_back_parts()
        self._id = self._s3.create_multipart_upload(**self._target, **self._more)["UploadId"]
        self._pool = ThreadPoolExecutor(max(1, self._under_way // PART))
        return self

    def __exit__(self, kind, *_):
        # A part that arrives after the end of its upload would be kept, and paid for.
        self._pool.shutdown(cancel_futures=True)
        if kind is None or self._id is None:
            return
        # The bucket drops unfinished uploads by itself; what went wrong before is what its reader wants to know.
        with contextlib.suppress(botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError):
            self._s3.abort_multipart_upload(**self._target, UploadId=self._id)

    def write(self, data):
        self._hash.update(data)
        self.size += len(data)
        self._buffer += data
        while len(self._buffer) >= self._part_size():
            self._send(self._part_size())
        return len(data)

    def _part_size(self):
        return PART * (1 + self._count // PARTS_OF_ONE_SIZE)

    def _send(self, size):
        while len(self._running) >= max(1, self._under_way // size if size else 1):
            self._arrived()
        # As bytes: of a bytearray boto3 would hold another copy until the part has arrived.
        with memoryview(self._buffer) as buffer:
            data = bytes(buffer[:size])
        del self._buffer[:size]
        self._count += 1
        self._running.append(self._pool.submit(self._part, self._count, data))

    def _part(self, number, data):
        answer = self._s3.upload_part(
            **self._target, UploadId=self._id, PartNumber=number, Body=data, ContentMD5=content_md5(data)
        )
        return {"ETag": answer["ETag"], "PartNumber": number}

    def _arrived(self):
        self._parts.append(self._running.popleft().result())

    def finish(self):
        """Returns what a manifest says of a file."""
        if self._buffer or not self._count:
            self._send(len(self._buffer))
        while self._running:
            self._arrived()
        answer = self._s3.complete_multipart_upload(
            **self._target,
            UploadId=self._id,
            MultipartUpload={"Parts": self._parts},
        )
        self._id = None
        return {
            "key": self._target["Key"],
            "size": self.size,
            "sha256": self._hash.hexdigest(),
            "version": answer.get("VersionId"),
        }
