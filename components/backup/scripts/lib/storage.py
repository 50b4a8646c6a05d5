"""The S3 API: who asks it, small objects, and files read as streams, each with its checksum."""

import base64
import hashlib
import os
import time

import boto3
import botocore.config
import botocore.exceptions
import botocore.session

from failure import Doubt, Failure, say

MEBIBYTE = 2**20

# boto3 asks again for an answer that does not come, not for one that is cut off.
CUT_OFF = (botocore.exceptions.HTTPClientError, botocore.exceptions.IncompleteReadError)
ATTEMPTS = 5

# What IAM has made, S3 knows a while later: a key, and the rights of its user, which are made before the key. Seconds
# after `connect` until which a refusal may be one of these. Any other refusal stays: a wrong secret, for one.
PATIENCE_SECONDS = {"InvalidAccessKeyId": 120, "AccessDenied": 20}


# Where credentials come from that are no key.
ROLE_VARIABLES = ("AWS_ROLE_ARN", "AWS_CONTAINER_CREDENTIALS_FULL_URI")
ROLE_PATIENCE_SECONDS = 120


def connect():
    """For the work of a pod: what IAM has just made is waited for."""
    session = _session()
    if any(name in os.environ for name in ROLE_VARIABLES):
        _await_role(session)
    s3 = client(session)
    s3.meta.events.register("needs-retry.s3", _patience())
    return s3


def client(session=None):
    options = {
        "retries": {"mode": "standard", "max_attempts": 5},
        "connect_timeout": 10,
        "read_timeout": 60,
        "max_pool_connections": 32,
    }
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or None
    style = os.environ.get("S3_ADDRESSING_STYLE") or ("path" if endpoint else None)
    if style:
        options["s3"] = {"addressing_style": style}
    return (session or _session()).client("s3", endpoint_url=endpoint, config=botocore.config.Config(**options))


def _session():
    session = botocore.session.get_session()
    sts = os.environ.get("AWS_ENDPOINT_URL_STS")
    if sts:
        # Older versions of boto3 do not read the variable.
        session.register(
            "before-call.sts.AssumeRoleWithWebIdentity", lambda params, **_: params.update(url=sts.rstrip("/") + "/")
        )
    return boto3.Session(botocore_session=session)


def _await_role(session):
    """A role is refused for a while as a key is, before anything is asked of S3."""
    began = time.monotonic()
    while True:
        try:
            session.get_credentials().get_frozen_credentials()
            return
        except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as error:
            if time.monotonic() - began >= ROLE_PATIENCE_SECONDS:
                raise
            say(f"the role cannot be taken: {error}: asking again, in case it is a new one")
        time.sleep(5)


def _patience():
    """Tells boto3 of any answer after how many seconds it is to ask again; None: not at all."""
    began, told = time.monotonic(), set()

    def pause(response=None, **_):
        code = response[1].get("Error", {}).get("Code", "") if response else ""
        if time.monotonic() - began >= PATIENCE_SECONDS.get(code, 0):
            return None
        if code not in told:
            told.add(code)
            say(f"S3 answers {code}: asking again for {PATIENCE_SECONDS[code]} seconds, in case the key is a new one")
        return 2

    return pause


def error_code(error):
    return error.response.get("Error", {}).get("Code", "")


def _once(s3):
    """Newer versions of boto3 know the condition by which S3 refuses to replace what is there."""
    members = s3.meta.service_model.operation_model("PutObject").input_shape.members
    return {"IfNoneMatch": "*"} if "IfNoneMatch" in members else {}


def _md5(data):
    # Not for security: S3 holds it against what arrived.
    return hashlib.md5(data, usedforsecurity=False)


def content_md5(data):
    return base64.b64encode(_md5(data).digest()).decode()


def put(s3, bucket, key, data, once=False, **more):
    """Writes one small object, whole or not at all."""
    condition = _once(s3) if once else {}
    try:
        s3.put_object(Bucket=bucket, Key=key, Body=data, ContentMD5=content_md5(data), **condition, **more)
    except botocore.exceptions.ClientError as error:
        # If the answer is lost, boto3 asks again, and the condition refuses what the first request wrote.
        if not once or error_code(error) != "PreconditionFailed" or not _holds(s3, bucket, key, data):
            raise


def _holds(s3, bucket, key, data):
    """Told without the right to read: the ETag of a small object is its MD5, unless a key of KMS encrypts it."""
    found = s3.list_objects_v2(Bucket=bucket, Prefix=key, MaxKeys=1).get("Contents", [])
    return [(one["Key"], one["ETag"].strip('"')) for one in found] == [(key, _md5(data).hexdigest())]


def whole(get):
    """The answer to a request, and all of its content, which is small."""
    for left in reversed(range(ATTEMPTS)):
        answer = get()
        try:
            return answer, answer["Body"].read()
        except CUT_OFF:
            if left == 0:
                raise
            time.sleep(1)


class Download:
    """
    A file of a manifest, read as a stream, which goes on where it was cut off. `check` fails unless all of it came, and
    was what the manifest says.
    """

    def __init__(self, s3, bucket, file):
        self._file = file
        self._hash = hashlib.sha256()
        self._size = 0
        version = {"VersionId": file["version"]} if file.get("version") else {}
        self._get = lambda **more: s3.get_object(Bucket=bucket, Key=file["key"], **version, **more)["Body"]
        try:
            self._body = self._get()
        except botocore.exceptions.ClientError as error:
            if error_code(error) in ("NoSuchKey", "NoSuchVersion", "404"):
                raise Doubt(f"the backup is damaged: {file['key']} is not in bucket {bucket} any more") from error
            raise

    def read(self, size=MEBIBYTE):
        data = self._next(size)
        self._hash.update(data)
        self._size += len(data)
        return data

    def _next(self, size):
        for left in reversed(range(ATTEMPTS)):
            try:
                return self._body.read(size)
            except CUT_OFF:
                if left == 0:
                    raise
                time.sleep(1)
                self._body = self._get(Range=f"bytes={self._size}-")

    def __iter__(self):
        return iter(self.read, b"")

    def check(self):
        for _ in self:
            pass
        name, size = self._file["key"], self._file["size"]
        if self._size != size:
            raise Doubt(f"the backup is damaged: {name} has {self._size} bytes; its manifest says {size}")
        if self._hash.hexdigest() != self._file["sha256"]:
            raise Doubt(f"the backup is damaged: {name} does not have the SHA-256 that its manifest says")


def need_bucket(s3, bucket, what):
    """Says by name which bucket is wrong, before any work is done."""
    try:
        s3.list_objects_v2(Bucket=bucket, MaxKeys=1)
    except botocore.exceptions.ClientError as error:
        code = error_code(error)
        if code in ("NoSuchBucket", "404"):
            raise Doubt(f"the {what} bucket {bucket} does not exist") from error
        raise Failure(f"the {what} bucket {bucket} cannot be listed with this key: {code}") from error
