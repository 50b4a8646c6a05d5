"""What KMS asks of whoever reads or writes an object under one of its keys, as S3 does on AWS. moto asks nothing.

Reads need kms:Decrypt, writes kms:GenerateDataKey, and a multipart upload both. The key's policy must leave it to IAM,
by its statement for the account; then one of the caller's own policies must allow it. Of conditions only kms:ViaService
is known: any other one is not met, so a right that hangs on it is none.
"""

import fnmatch
import json
from urllib.parse import parse_qs, unquote, urlparse

from moto.core.authorization import ActionAuthenticatorMixin
from moto.iam.access_control import IAMPolicy, create_access_key
from moto.kms.models import kms_backends
from moto.s3.exceptions import BucketAccessDeniedError, S3ClientError
from moto.s3.models import FakeKey
from moto.s3.responses import S3Response
from moto.settings import INITIAL_NO_AUTH_ACTION_COUNT
from moto.utilities.utils import get_partition

authorize = S3Response._authenticate_and_authorize_s3_action

READS = ("GetObject", "GetObjectVersion")


def listed(value):
    return value if isinstance(value, list) else [value]


def matches(patterns, value):
    return any(fnmatch.fnmatchcase(value, pattern) for pattern in listed(patterns))


def condition_is_met(statement, service):
    for operator, keys in statement.get("Condition", {}).items():
        for key, wanted in keys.items():
            known = operator in ("StringEquals", "StringLike") and key.lower() == "kms:viaservice"
            if not known or not matches(wanted, service):
                return False
    return True


def concerns(statement, action, arn):
    return matches(statement.get("Action", []), action) and matches(statement.get("Resource", []), arn)


def leaves_it_to_iam(policy, account, action):
    for statement in listed(json.loads(policy)["Statement"]):
        principals = statement.get("Principal", {})
        whom = listed(principals.get("AWS", [])) if isinstance(principals, dict) else []
        is_account = any(one == account or one.endswith(f":iam::{account}:root") for one in whom)
        if statement["Effect"] == "Allow" and is_account and matches(statement.get("Action", []), action):
            return True
    return False


def statements_of(response):
    """Of all policies of the caller, whose signature was good."""
    scope = response.headers["Authorization"].partition("Credential=")[2]
    caller = create_access_key(
        account_id=response.current_account,
        partition=get_partition(response.region),
        access_key_id=scope.split("/")[0],
        headers=response.headers,
    )
    documents = [IAMPolicy(policy)._policy_json for policy in caller.collect_policies()]
    return [statement for document in documents for statement in listed(document["Statement"])]


def need(response, bucket, key_id, action):
    # Without an id it is the account's own key for S3, which whoever may use S3 there may use.
    if not key_id:
        return
    keys = kms_backends[response.current_account][response.region]
    raw = keys.any_id_to_key_id(key_id)
    if raw not in keys.keys:
        raise S3ClientError("KMS.NotFoundException", f"{key_id} is not found")
    key = keys.keys[raw]
    if key.key_state != "Enabled":
        raise S3ClientError("KMS.DisabledException", f"{key.arn} is {key.key_state}")
    service = f"s3.{response.region}.amazonaws.com"
    own = [one for one in statements_of(response) if concerns(one, action, key.arn)]
    denied = [one for one in own if one["Effect"] == "Deny"]
    allowed = [one for one in own if one["Effect"] == "Allow" and condition_is_met(one, service)]
    if denied or not allowed or not leaves_it_to_iam(key.policy, response.current_account, action):
        raise BucketAccessDeniedError(bucket=bucket)


def need_to_read(response, bucket, found):
    if isinstance(found, FakeKey) and found.encryption == "aws:kms":
        need(response, bucket, found.kms_key_id, "kms:Decrypt")


def source_of_copy(response):
    source = response.headers.get("x-amz-copy-source")
    if not source:
        return None, None
    parsed = urlparse(source)
    bucket, name = unquote(parsed.path).lstrip("/").split("/", 1)
    version = parse_qs(parsed.query).get("versionId", [None])[0]
    return bucket, response.backend.get_object(bucket, name, version_id=version)


def key_of_write(response, bucket, query):
    """The key of KMS that an object will be under: of the upload, the request, or the bucket's default. False: none."""
    upload = response.backend.get_bucket(bucket).multiparts.get(query.get("uploadId", [None])[0])
    way = upload.sse_encryption if upload else response.headers.get("x-amz-server-side-encryption")
    key_id = upload.kms_key_id if upload else response.headers.get("x-amz-server-side-encryption-aws-kms-key-id")
    if not way:
        default = (response.backend.get_bucket(bucket).encryption or {}).get("Rule", {})
        default = default.get("ApplyServerSideEncryptionByDefault", {})
        way, key_id = default.get("SSEAlgorithm"), default.get("KMSMasterKeyID")
    return key_id if way == "aws:kms" else False


def ask(response, bucket, name):
    action, query = response._get_action(), response.querystring
    if action in READS:
        version = query.get("versionId", [None])[0]
        need_to_read(response, bucket, response.backend.get_object(bucket, name, version_id=version))
    if action == "PutObject":
        need_to_read(response, *source_of_copy(response))
        key_id = key_of_write(response, bucket, query)
        if key_id is not False:
            need(response, bucket, key_id, "kms:GenerateDataKey")
            if "uploads" in query or "uploadId" in query:
                need(response, bucket, key_id, "kms:Decrypt")


def authenticate_and_authorize(self, bucket_name=None, key_name=None):
    authorize(self, bucket_name=bucket_name, key_name=key_name)
    if key_name and ActionAuthenticatorMixin.request_count >= INITIAL_NO_AUTH_ACTION_COUNT:
        ask(self, bucket_name, key_name)


def enforce():
    S3Response._authenticate_and_authorize_s3_action = authenticate_and_authorize
