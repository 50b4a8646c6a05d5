import io
import itertools
import types

import botocore.exceptions
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError

import storage
from failure import Doubt, Failure
from samples import BACKUPS, sha256, upload, versions_of

# Other tests share one client, which the fixture puts in its place.
connect = storage.connect


class CutOff:
    """An S3 API that ends each answer after so many bytes. It notes where it was asked to begin."""

    def __init__(self, content, bytes_each):
        self._content = content
        self._bytes_each = bytes_each
        self.ranges = []

    def get_object(self, **asked):
        self.ranges.append(asked.get("Range"))
        assert len(self.ranges) < 10, "it does not go on"
        start = int(asked["Range"][len("bytes=") : -1]) if "Range" in asked else 0
        rest = self._content[start : start + self._bytes_each]
        return {"Body": types.SimpleNamespace(read=self._reader(rest, start + len(rest) == len(self._content)))}

    def _reader(self, rest, is_all):
        chunks = [rest] if rest else []

        def read(*_):
            if chunks:
                return chunks.pop()
            if is_all:
                return b""
            raise botocore.exceptions.IncompleteReadError(actual_bytes=0, expected_bytes=1)

        return read


def test_written_once_it_may_be_asked_again_when_the_answer_was_lost(s3):
    for _ in range(2):
        storage.put(s3, BACKUPS, "once", b"the same", once=True)
    assert versions_of(s3, "once") == 1


def test_written_once_another_content_is_refused(s3):
    storage.put(s3, BACKUPS, "once", b"the same", once=True)
    storage.put(s3, BACKUPS, "once-more", b"another", once=True)
    with pytest.raises(ClientError, match="PreconditionFailed"):
        storage.put(s3, BACKUPS, "once", b"another", once=True)
    assert s3.get_object(Bucket=BACKUPS, Key="once")["Body"].read() == b"the same"


def test_without_the_condition_what_is_there_is_replaced(s3):
    storage.put(s3, BACKUPS, "key", b"the same")
    storage.put(s3, BACKUPS, "key", b"another")
    assert s3.get_object(Bucket=BACKUPS, Key="key")["Body"].read() == b"another"


def test_an_older_boto3_which_does_not_know_the_condition_is_not_asked_for_it(client, monkeypatch):
    shape = client.meta.service_model.operation_model("PutObject").input_shape
    assert "IfNoneMatch" in shape.members
    monkeypatch.delitem(shape.members, "IfNoneMatch")
    asked = {}
    model = types.SimpleNamespace(operation_model=lambda _: types.SimpleNamespace(input_shape=shape))
    older = types.SimpleNamespace(put_object=asked.update, meta=types.SimpleNamespace(service_model=model))
    storage.put(older, BACKUPS, "key", b"", once=True)
    assert set(asked) == {"Bucket", "Key", "Body", "ContentMD5"}


def test_a_download_goes_on_where_it_was_cut_off(no_pause):
    s3 = CutOff(b"0123456789", 4)
    download = storage.Download(s3, BACKUPS, {"key": "file", "size": 10, "sha256": sha256(b"0123456789")})
    assert b"".join(download) == b"0123456789"
    download.check()
    assert s3.ranges == [None, "bytes=4-", "bytes=8-"]


def test_a_download_that_gets_nothing_is_given_up(no_pause):
    s3 = CutOff(b"0123456789", 0)
    with pytest.raises(botocore.exceptions.IncompleteReadError):
        storage.Download(s3, BACKUPS, {"key": "file", "size": 10, "sha256": ""}).check()
    assert len(s3.ranges) == storage.ATTEMPTS


def test_a_small_answer_that_is_cut_off_is_asked_for_again(no_pause):
    answers = [CutOff(b"01", 1).get_object(), CutOff(b"01", 2).get_object()]
    # The first is cut off at its second read, so its first is taken away.
    answers[0]["Body"].read()
    assert storage.whole(lambda: answers.pop(0))[1] == b"01"
    with pytest.raises(botocore.exceptions.IncompleteReadError):
        storage.whole(lambda: CutOff(b"01", 0).get_object())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": 9}, "file has 10 bytes; its manifest says 9"),
        ({"sha256": sha256(b"another")}, "file does not have the SHA-256"),
        ({"key": "gone"}, "gone is not in bucket backups-bucket any more"),
    ],
)
def test_a_download_is_held_against_its_manifest(s3, change, said):
    file = {**upload(s3, "file", b"0123456789"), "version": None}
    with pytest.raises(Doubt, match=said):
        storage.Download(s3, BACKUPS, {**file, **change}).check()


def test_a_download_is_of_the_version_that_the_manifest_names(s3):
    file = upload(s3, "file", b"of the backup")
    s3.put_object(Bucket=BACKUPS, Key="file", Body=b"later")
    storage.Download(s3, BACKUPS, file).check()
    s3.delete_object(Bucket=BACKUPS, Key="file", VersionId=file["version"])
    with pytest.raises(Doubt, match="file is not in bucket backups-bucket any more"):
        storage.Download(s3, BACKUPS, file)


def test_a_bucket_that_is_not_there_is_named(s3):
    storage.need_bucket(s3, BACKUPS, "backups")
    with pytest.raises(Doubt, match="the schemas bucket nowhere does not exist"):
        storage.need_bucket(s3, "nowhere", "schemas")


def test_a_bucket_that_may_not_be_listed_may_be_tried_again():
    def refuse(**_):
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "ListObjectsV2")

    with pytest.raises(Failure, match="the backups bucket b cannot be listed with this key: AccessDenied") as failure:
        storage.need_bucket(types.SimpleNamespace(list_objects_v2=refuse), "b", "backups")
    assert failure.value.code == 1


@pytest.mark.parametrize(
    ("endpoint", "style", "url"),
    [
        ("", None, "https://a-bucket.s3.amazonaws.com/key"),
        ("", "path", "https://s3.amazonaws.com/a-bucket/key"),
        ("https://store.example.com", None, "https://store.example.com/a-bucket/key"),
        ("https://store.example.com", "virtual", "https://a-bucket.store.example.com/key"),
    ],
)
def test_buckets_are_addressed_as_the_store_takes_it(monkeypatch, endpoint, style, url):
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    if style:
        monkeypatch.setenv("S3_ADDRESSING_STYLE", style)
    signed = connect().generate_presigned_url("get_object", Params={"Bucket": "a-bucket", "Key": "key"})
    assert signed.split("?")[0] == url


@pytest.fixture
def answers(s3, monkeypatch, no_pause):
    """Lets S3 answer with this code so many seconds long, by a clock that goes on two seconds a look."""

    def answer(code, seconds):
        clock = itertools.count(step=2)
        monkeypatch.setattr("time.monotonic", lambda: next(clock))
        fresh = connect()
        refusal = AWSResponse(fresh.meta.endpoint_url, 403, {}, io.BytesIO())
        body = f"<Error><Code>{code}</Code></Error>".encode()
        monkeypatch.setattr(refusal, "_content", body, raising=False)
        fresh.meta.events.register_first("before-send.s3", lambda **_: refusal if next(clock) < seconds else None)
        return fresh

    return answer


@pytest.mark.parametrize(("code", "seconds"), [("InvalidAccessKeyId", 100), ("AccessDenied", 15)])
def test_a_new_key_is_waited_for(answers, capsys, code, seconds):
    storage.need_bucket(answers(code, seconds), BACKUPS, "backups")
    assert f"S3 answers {code}: asking again" in capsys.readouterr().out


@pytest.mark.parametrize("code", ["InvalidAccessKeyId", "AccessDenied", "SignatureDoesNotMatch"])
def test_a_key_that_stays_refused_is_told(answers, code):
    with pytest.raises(Failure, match=f"cannot be listed with this key: {code}"):
        storage.need_bucket(answers(code, 1000), BACKUPS, "backups")


def test_another_refusal_is_told_at_once(answers, capsys):
    with pytest.raises(Failure, match="SignatureDoesNotMatch"):
        storage.need_bucket(answers("SignatureDoesNotMatch", 3), BACKUPS, "backups")
    assert capsys.readouterr().out == ""


class Session:
    """One whose role is refused so often before it can be taken."""

    def __init__(self, refusals):
        self.refusals = refusals

    def get_credentials(self):
        return self

    def get_frozen_credentials(self):
        self.refusals -= 1
        if self.refusals >= 0:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "AssumeRoleWithWebIdentity")


def test_a_role_that_is_new_is_waited_for_and_not_for_ever(monkeypatch):
    now = itertools.count(0, 30)
    monkeypatch.setattr(storage, "time", types.SimpleNamespace(monotonic=lambda: next(now), sleep=lambda _: None))
    storage._await_role(Session(2))
    with pytest.raises(ClientError, match="AccessDenied"):
        storage._await_role(Session(99))


def test_sts_is_asked_where_it_is_said_to_be(monkeypatch, tmp_path):
    asked = []

    def send(request, **_):
        asked.append(request.url)
        raise botocore.exceptions.EndpointConnectionError(endpoint_url=request.url)

    token = tmp_path / "token"
    token.write_text("a.b.c")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(token))
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://sts.example.com")
    session = storage._session()
    session.events.register("before-send.sts", send)
    with pytest.raises(botocore.exceptions.EndpointConnectionError):
        session.get_credentials().get_frozen_credentials()
    assert set(asked) == {"http://sts.example.com/"}
