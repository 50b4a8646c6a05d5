"""An S3 API within the process, with the two buckets of a stack. Nothing of the machine's own AWS settings is read."""

import moto
import pytest
from moto.backends import get_backend

import storage
from samples import BACKUPS, SCHEMAS, SEAL_KEY, make_bucket


@pytest.fixture(scope="session", autouse=True)
def environment():
    variables = {
        "AWS_ENDPOINT_URL": "",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "SCHEMAS_BUCKET": SCHEMAS,
        "BACKUPS_BUCKET": BACKUPS,
        "DATABASE": "justdb",
        "SEAL_KEY": SEAL_KEY,
        "BACKUP_MAX_AGE_SECONDS": "0",
        "DRILL_MAX_AGE_SECONDS": "0",
        "CREDENTIALS": "[]",
        "CREDENTIAL_MAX_AGE_SECONDS": "0",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def client(environment):
    """One for all tests: making it takes longer than most of them."""
    with moto.mock_aws():
        yield storage.connect()


@pytest.fixture
def s3(client, monkeypatch):
    """Holds the two buckets, and nothing of the test before."""
    get_backend("s3").reset()
    monkeypatch.setattr(storage, "connect", lambda: client)
    make_bucket(client, SCHEMAS)
    make_bucket(client, BACKUPS)
    return client


@pytest.fixture
def no_pause(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
