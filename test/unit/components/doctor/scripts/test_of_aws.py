import datetime
import json
import time

import boto3
import moto
import pytest
from botocore.stub import Stubber
from moto.backends import get_backend

import of_aws
from answers import codes, thing
from finding import Unseen

CRON_JOB = "/apis/batch/v1/namespaces/justdb-cloud/cronjobs/justdb-backup"
RULES = {"expire-old-versions": 90, "expire-backups": 30}
EXPECTED = {
    "namespace": "justdb-cloud",
    "buckets": {
        "cronJob": "justdb-backup",
        "variables": {"schemas": "SCHEMAS_BUCKET"},
        "names": {"schemas": "acme-schemas"},
        "existing": False,
        "ofAws": True,
        "encryption": "s3",
        "lifecycle": {"schemas": RULES},
    },
}


@pytest.fixture
def s3(cluster):
    with moto.mock_aws():
        # Tests of another folder may have begun before, and have not ended.
        get_backend("s3").reset()
        yield boto3.client("s3", region_name="us-east-1")


def make(s3):
    """A bucket as the stack makes it."""
    name = {"Bucket": "acme-schemas"}
    s3.create_bucket(**name)
    s3.put_bucket_versioning(**name, VersioningConfiguration={"Status": "Enabled"})
    flags = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    s3.put_public_access_block(**name, PublicAccessBlockConfiguration=dict.fromkeys(flags, True))
    encryption = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
    s3.put_bucket_encryption(**name, ServerSideEncryptionConfiguration=encryption)
    s3.put_bucket_ownership_controls(**name, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
    refused = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}
    statement = {**refused, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    s3.put_bucket_policy(**name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    put_lifecycle(s3, RULES)


def put_lifecycle(s3, days):
    common = {"Status": "Enabled", "Filter": {"Prefix": ""}}
    old = {"ID": "expire-old-versions", "NoncurrentVersionExpiration": {"NoncurrentDays": days["expire-old-versions"]}}
    backups = {"ID": "expire-backups", "Expiration": {"Days": days["expire-backups"]}}
    s3.put_bucket_lifecycle_configuration(
        Bucket="acme-schemas", LifecycleConfiguration={"Rules": [{**common, **old}, {**common, **backups}]}
    )


def test_a_bucket_as_the_stack_makes_it(s3):
    make(s3)
    assert codes(of_aws.buckets(EXPECTED)) == []


def but(**settings):
    """The same, with other settings of the buckets."""
    return {**EXPECTED, "buckets": {**EXPECTED["buckets"], **settings}}


def test_a_bucket_that_should_be_under_a_key_of_kms(s3):
    make(s3)
    [found] = of_aws.buckets(but(encryption="kms"))
    assert found.code == "JD504"
    assert "AES256 by default, and storageEncryption is kms" in found.seen
    way = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "alias/aws/s3"}
    s3.put_bucket_encryption(
        Bucket="acme-schemas",
        ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": way}]},
    )
    assert codes(of_aws.buckets(but(encryption="kms"))) == []


def test_a_bucket_that_exists_must_be_there_and_is_set_up_by_others(s3):
    [found] = of_aws.buckets(but(existing=True))
    assert found.code == "JD501"
    make(s3)
    s3.put_bucket_versioning(Bucket="acme-schemas", VersioningConfiguration={"Status": "Suspended"})
    [found] = of_aws.buckets(but(existing=True))
    assert (found.code, found.fix) == ("JD502", of_aws.SET_ELSEWHERE)


def test_a_store_that_is_not_of_aws(s3, monkeypatch):
    def refuse(*_):
        raise AssertionError("AWS was asked")

    monkeypatch.setattr(of_aws, "identity", refuse)
    s3.create_bucket(Bucket="acme-schemas")
    elsewhere = but(existing=True, ofAws=False)
    assert codes(of_aws.buckets(elsewhere)) == ["JD502", "JD505", "JD505"]
    for check in (of_aws.credentials, of_aws.clock):
        assert codes(check(elsewhere)) == []


def test_a_store_is_asked_where_and_how_it_takes_it(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "mock")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://store.example.com")
    for style, url in (
        ("path", "https://store.example.com/a-bucket"),
        ("virtual", "https://a-bucket.store.example.com/"),
    ):
        monkeypatch.setenv("S3_ADDRESSING_STYLE", style)
        client = of_aws._client.__wrapped__("s3")
        signed = client.generate_presigned_url("head_bucket", Params={"Bucket": "a-bucket"})
        assert signed.split("?")[0] == url


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda s3, name: s3.put_bucket_versioning(**name, VersioningConfiguration={"Status": "Suspended"}), "JD502"),
        (lambda s3, name: s3.delete_public_access_block(**name), "JD503"),
        (lambda s3, name: s3.delete_bucket_encryption(**name), "JD504"),
        (lambda s3, name: put_lifecycle(s3, {**RULES, "expire-backups": 7}), "JD505"),
        (lambda s3, name: s3.delete_bucket_ownership_controls(**name), "JD506"),
        (lambda s3, name: s3.delete_bucket_policy(**name), "JD507"),
    ],
)
def test_each_setting_that_is_another_one(s3, spoil, found):
    make(s3)
    spoil(s3, {"Bucket": "acme-schemas"})
    assert codes(of_aws.buckets(EXPECTED)) == [found]


def test_a_bucket_that_is_gone(cluster, s3):
    # Before the first update none is there.
    assert codes(of_aws.buckets(EXPECTED)) == []
    env = [{"name": "SCHEMAS_BUCKET", "value": "justdb-schemas-0123456"}]
    pod = {"template": {"spec": {"containers": [{"env": env}]}}}
    cluster.answers[CRON_JOB] = thing("justdb-backup", {"jobTemplate": {"spec": pod}})
    [found] = of_aws.buckets(EXPECTED)
    assert (found.code, found.seen) == ("JD501", "bucket justdb-schemas-0123456 is not there")


def stubbed(monkeypatch, service):
    made = boto3.client(service, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    known = of_aws.client
    monkeypatch.setattr(of_aws, "client", lambda name: made if name == service else known(name))
    return Stubber(made)


def test_a_bucket_of_another_account(s3, monkeypatch):
    with stubbed(monkeypatch, "s3") as stub:
        stub.add_client_error("head_bucket", "403", http_status_code=403)
        [found] = of_aws.buckets(EXPECTED)
    assert (found.code, "another account" in found.seen) == ("JD501", True)


def test_credentials_that_aws_does_not_take(cluster, monkeypatch):
    with stubbed(monkeypatch, "sts") as stub:
        stub.add_client_error("get_caller_identity", "InvalidClientTokenId", "The security token is invalid")
        [found] = of_aws.credentials(EXPECTED)
        assert (found.code, "invalid" in found.seen) == ("JD402", True)
        stub.add_client_error("get_caller_identity", "InvalidClientTokenId")
        with pytest.raises(Unseen, match="does not take the credentials"):
            list(of_aws.buckets(EXPECTED))


def identity(monkeypatch, arn, date=None):
    monkeypatch.setattr(of_aws, "identity", lambda: (arn, date))


USER = "arn:aws:iam::123456789012:user/deployer"
ROLE = "arn:aws:iam::123456789012:role/teams/deployer"


CALLS = {"calls": [{"actions": ["s3:CreateBucket"], "resource": "arn:{partition}:s3:::acme"}]}


def simulation(stub, source, denied):
    results = [{"EvalActionName": "s3:CreateBucket", "EvalDecision": "implicitDeny" if denied else "allowed"}]
    asked = {"PolicySourceArn": source, "ActionNames": ["s3:CreateBucket"], "ResourceArns": ["arn:aws:s3:::acme"]}
    stub.add_response("simulate_principal_policy", {"EvaluationResults": results}, asked)


@pytest.mark.parametrize(("denied", "found"), [(True, ["JD403"]), (False, [])])
def test_rights_in_aws_by_simulation(cluster, monkeypatch, denied, found):
    identity(monkeypatch, USER)
    with stubbed(monkeypatch, "iam") as stub:
        simulation(stub, USER, denied)
        assert codes(of_aws.rights(CALLS)) == found


def test_of_a_session_the_role_is_asked_about_with_its_path(cluster, monkeypatch):
    identity(monkeypatch, "arn:aws:sts::123456789012:assumed-role/deployer/me")
    role = {"Path": "/teams/", "RoleName": "deployer", "RoleId": "A" * 16, "Arn": ROLE}
    with stubbed(monkeypatch, "iam") as stub:
        made = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
        stub.add_response("get_role", {"Role": {**role, "CreateDate": made}}, {"RoleName": "deployer"})
        simulation(stub, ROLE, denied=False)
        assert codes(of_aws.rights(CALLS)) == []


def test_who_may_not_simulate_is_told_nothing(cluster, monkeypatch):
    identity(monkeypatch, USER)
    with stubbed(monkeypatch, "iam") as stub:
        stub.add_client_error("simulate_principal_policy", "AccessDenied")
        with pytest.raises(Unseen, match="does not simulate"):
            list(of_aws.rights(CALLS))


@pytest.mark.parametrize(("off", "found"), [(0, []), (600, ["JD104"])])
def test_the_clock_of_aws(cluster, monkeypatch, off, found):
    date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - off))
    identity(monkeypatch, USER, date)
    assert codes(of_aws.clock(EXPECTED)) == found
