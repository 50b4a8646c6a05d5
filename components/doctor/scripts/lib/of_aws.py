"""The AWS account: credentials, rights by simulation, and what the buckets are really set to."""

import functools
import json
import os
import re
import threading
import time
from email.utils import parsedate_to_datetime

import boto3
import botocore.config
import botocore.exceptions
import botocore.parsers

import cluster
from finding import Finding, Unseen

ERRORS = (
    botocore.exceptions.BotoCoreError,
    botocore.exceptions.ClientError,
    botocore.parsers.ResponseParserError,
)
CLOCK_SECONDS = 60
OPTIONS = {"connect_timeout": 5, "read_timeout": 10, "retries": {"mode": "standard", "max_attempts": 2}}


SET_ELSEWHERE = "Set it where the bucket was made, as docs/storage.md says: the stack changes no bucket that exists."

# boto3 makes one client at a time.
_LOCK = threading.Lock()


def client(service):
    with _LOCK:
        return _client(service)


@functools.cache
def _client(service):
    if service != "s3":
        return boto3.client(service, config=botocore.config.Config(**OPTIONS))
    elsewhere = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    style = os.environ.get("S3_ADDRESSING_STYLE") or ("path" if elsewhere else None)
    config = botocore.config.Config(**OPTIONS, **({"s3": {"addressing_style": style}} if style else {}))
    return boto3.client(service, config=config, verify=os.environ.get("S3_CA_BUNDLE"))


def _code(error):
    return error.response["Error"]["Code"] if isinstance(error, botocore.exceptions.ClientError) else ""


@functools.cache
def identity():
    """Who asks, and when it was. Fails where AWS does not take the credentials."""
    answer = client("sts").get_caller_identity()
    return answer["Arn"], answer["ResponseMetadata"]["HTTPHeaders"].get("date")


def credentials(expected):
    if not expected["buckets"]["ofAws"]:
        return
    try:
        identity()
    except ERRORS as error:
        yield Finding("JD402", str(error))


def clock(expected):
    if not expected["buckets"]["ofAws"]:
        return
    date, now = _known()[1], time.time()
    off = abs(now - parsedate_to_datetime(date).timestamp()) if date else 0
    if off > CLOCK_SECONDS:
        yield Finding("JD104", f"this machine's clock is {off:.0f} s off that of AWS")


def _known():
    try:
        return identity()
    except ERRORS as error:
        raise Unseen("AWS does not take the credentials") from error


def _principal():
    """The user or role whose policies count."""
    arn = _known()[0]
    role = re.match(r"arn:[^:]+:sts::\d+:assumed-role/([^/]+)/", arn)
    # The path of a role is not in what STS says.
    return client("iam").get_role(RoleName=role[1])["Role"]["Arn"] if role else arn


def rights(expected):
    wanted = expected.get("calls", [])
    if not wanted:
        return
    denied = {}
    try:
        source = _principal()
        if source.endswith(":root"):
            return
        partition, account = source.split(":")[1], source.split(":")[4]
        for one in wanted:
            # Of a resource as the update makes it: rights may hold for such names alone.
            resource = one["resource"].format(partition=partition, account=account)
            answer = client("iam").simulate_principal_policy(
                PolicySourceArn=source, ActionNames=one["actions"], ResourceArns=[resource]
            )
            results = answer["EvaluationResults"]
            denied.update(
                {result["EvalActionName"]: resource for result in results if result["EvalDecision"] != "allowed"}
            )
    except ERRORS as error:
        raise Unseen(f"IAM does not simulate: {error}") from error
    if denied:
        calls = ", ".join(f"{action} on {resource}" for action, resource in denied.items())
        yield Finding("JD403", f"{source} may not {calls}")


def _buckets(expected):
    """Their names by their kinds: as the settings say, or as the stack has made them. None before the first update."""
    running = cluster.look(
        f"/apis/batch/v1/namespaces/{expected['namespace']}/cronjobs/{expected['buckets']['cronJob']}"
    )
    if running is not None:
        container = running["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
        made = {one["name"]: one.get("value", "") for one in container["env"]}
        return {kind: made[variable] for kind, variable in expected["buckets"]["variables"].items()}, True
    return {kind: name for kind, name in expected["buckets"]["names"].items() if name}, False


def buckets(expected):
    names, made = _buckets(expected)
    wanted = expected["buckets"]
    if wanted["ofAws"]:
        _known()
    for kind, name in names.items():
        for found in _bucket(name, made or wanted["existing"], wanted, wanted["lifecycle"][kind]):
            yield Finding(found.code, found.seen, SET_ELSEWHERE) if wanted["existing"] else found


def _bucket(name, made, wanted, lifecycle):
    try:
        client("s3").head_bucket(Bucket=name)
    except ERRORS as error:
        if _code(error) in ("404", "NoSuchBucket"):
            if made:
                yield Finding("JD501", f"bucket {name} is not there")
            return
        if _code(error) in ("403", "Forbidden"):
            yield Finding("JD501", f"bucket {name} is of another account, or closed to you")
            return
        raise Unseen(f"S3 cannot be asked: {error}") from error
    yield from _versioning(name)
    # Other stores have settings of their own for the rest.
    if wanted["ofAws"]:
        yield from _encryption(name, wanted["encryption"])
        for look in (_public, _ownership, _tls):
            yield from look(name)
    yield from _lifecycle(name, lifecycle)


def _setting(operation, name, absent):
    """What a bucket is set to. `absent` are the codes by which S3 says that it is not set."""
    try:
        return getattr(client("s3"), operation)(Bucket=name)
    except ERRORS as error:
        if _code(error) in absent:
            return {}
        raise Unseen(f"{operation} of bucket {name}: {error}") from error


def _versioning(name):
    state = _setting("get_bucket_versioning", name, ()).get("Status", "off")
    if state != "Enabled":
        yield Finding("JD502", f"versioning of bucket {name} is {state}")


def _public(name):
    found = _setting("get_public_access_block", name, ("NoSuchPublicAccessBlockConfiguration",))
    block = found.get("PublicAccessBlockConfiguration", {})
    flags = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    off = [flag for flag in flags if not block.get(flag)]
    if off:
        yield Finding("JD503", f"bucket {name} is without {', '.join(off)}")


def _encryption(name, encryption):
    found = _setting("get_bucket_encryption", name, ("ServerSideEncryptionConfigurationNotFoundError",))
    rules = found.get("ServerSideEncryptionConfiguration", {}).get("Rules", [])
    ways = [rule.get("ApplyServerSideEncryptionByDefault", {}).get("SSEAlgorithm") for rule in rules]
    if not any(str(way).startswith("aws:kms") or (way == "AES256" and encryption == "s3") for way in ways):
        default = ways[0] if ways else "no encryption"
        yield Finding("JD504", f"bucket {name} has {default} by default, and storageEncryption is {encryption}")


def _ownership(name):
    found = _setting("get_bucket_ownership_controls", name, ("OwnershipControlsNotFoundError",))
    rules = found.get("OwnershipControls", {}).get("Rules", [])
    owner = rules[0]["ObjectOwnership"] if rules else "not set"
    if owner != "BucketOwnerEnforced":
        yield Finding("JD506", f"ObjectOwnership of bucket {name} is {owner}")


def _tls(name):
    policy = _setting("get_bucket_policy", name, ("NoSuchBucketPolicy",)).get("Policy", "{}")
    for one in json.loads(policy).get("Statement", []):
        flag = one.get("Condition", {}).get("Bool", {}).get("aws:SecureTransport")
        if one["Effect"] == "Deny" and str(flag).lower() == "false":
            return
    yield Finding("JD507", f"no policy of bucket {name} refuses what does not come by TLS")


def _lifecycle(name, expected):
    found = _setting("get_bucket_lifecycle_configuration", name, ("NoSuchLifecycleConfiguration",))
    rules = {rule.get("ID"): rule for rule in found.get("Rules", []) if rule["Status"] == "Enabled"}
    for rule, days in expected.items():
        there = rules.get(rule, {})
        given = there.get("NoncurrentVersionExpiration", {}).get("NoncurrentDays") or there.get("Expiration", {}).get(
            "Days"
        )
        if given != days:
            yield Finding("JD505", f"bucket {name}, rule {rule}: {given or 'no'} days, and the settings say {days}")
