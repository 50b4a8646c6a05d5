import botocore.exceptions
import pytest

import accepted
import failure
from samples import BACKUPS
from test_settled import Clock


def refused(code):
    return botocore.exceptions.ClientError({"Error": {"Code": code, "Message": "no"}}, "ListObjectsV2")


@pytest.fixture
def ask(monkeypatch):
    """What each question is answered, the last for ever: nothing, or an error."""
    clock = Clock()
    monkeypatch.setattr(accepted, "time", clock)
    monkeypatch.setenv("BUCKET", BACKUPS)
    monkeypatch.setenv("PATIENCE_SECONDS", "300")

    def run(*answers):
        began = clock.now
        left = list(answers)

        class Client:
            def list_objects_v2(self, **_):
                answer = left.pop(0) if len(left) > 1 else left[0]
                if answer is not None:
                    raise answer

        monkeypatch.setattr(accepted.storage, "client", Client)
        accepted.accepted()
        return clock.now - began

    return run


def test_believes_nothing_before_it_was_taken_several_times_in_a_row(ask):
    assert ask(None) == accepted.IN_A_ROW
    unknown = refused("InvalidAccessKeyId")
    assert ask(unknown, unknown, None, None, unknown, None) == 5 + accepted.IN_A_ROW


def test_waits_for_a_role_that_cannot_be_taken_yet(ask):
    assert ask(botocore.exceptions.NoCredentialsError(), refused("AccessDenied"), None) == 2 + accepted.IN_A_ROW


def test_gives_up_with_what_s3_said_last(ask):
    with pytest.raises(failure.Doubt, match=r"S3 does not take the new credentials, after 300 s: .*InvalidAccessKeyId"):
        ask(refused("InvalidAccessKeyId"))


def test_does_not_wait_for_a_bucket(ask):
    with pytest.raises(failure.Doubt, match=f"the bucket {BACKUPS} does not exist"):
        ask(refused("NoSuchBucket"))


def test_asks_s3_itself(s3, monkeypatch):
    assert accepted.refusal(BACKUPS) == ""
    with pytest.raises(failure.Doubt):
        accepted.refusal("no-such-bucket")
