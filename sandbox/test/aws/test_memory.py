import gc
import tempfile

import boto3
import pytest
from moto import mock_aws
from moto.core.common_models import BaseModel
from moto.s3.models import FakeKey

import memory


@pytest.fixture
def s3(monkeypatch):
    monkeypatch.setattr(BaseModel, "__new__", BaseModel.__new__)
    monkeypatch.setattr(FakeKey, "__deepcopy__", None, raising=False)
    memory.spare()
    with mock_aws():
        client = boto3.client("s3", "us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
        client.create_bucket(Bucket="bucket")
        client.put_bucket_versioning(Bucket="bucket", VersioningConfiguration={"Status": "Enabled"})
        yield client


def kept():
    gc.collect()
    return sum(isinstance(one, FakeKey) for one in gc.get_objects())


def test_listing_versions_copies_no_body(s3, monkeypatch):
    s3.put_object(Bucket="bucket", Key="key", Body=b"body")
    with monkeypatch.context() as listing:
        listing.delattr(tempfile, "SpooledTemporaryFile")
        (version,) = s3.list_object_versions(Bucket="bucket")["Versions"]
    assert (version["Key"], version["Size"], version["IsLatest"]) == ("key", 4, True)
    got = s3.get_object(Bucket="bucket", Key="key")
    assert got["Body"].read() == b"body"
    assert got["ETag"] == version["ETag"]


def test_what_is_deleted_is_forgotten(s3):
    before = kept()
    put = s3.put_object(Bucket="bucket", Key="key", Body=b"body")
    s3.delete_object(Bucket="bucket", Key="key", VersionId=put["VersionId"])
    assert kept() == before
