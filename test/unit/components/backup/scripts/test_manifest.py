import pytest
from botocore.exceptions import ClientError

import manifest
import sealed
from failure import Doubt
from samples import BACKUPS, FUTURE, MANIFEST, without, write_manifest

ID = MANIFEST["id"]
KEY = manifest.key_of(ID, manifest.NAME)


def reason(s3):
    """Why the one backup that is there is not trusted."""
    ((backup_id, hidden, found),) = manifest.every(s3, BACKUPS)
    assert (backup_id, hidden) == (ID, False)
    assert isinstance(found, manifest.Damaged)
    with pytest.raises(Doubt) as doubt:
        manifest.find(s3, BACKUPS, "latest")
    assert str(doubt.value) == found.reason
    return found.reason


def rewrite(s3, change):
    """Writes the manifest with other bytes than it was sealed with."""
    manifest.write(s3, BACKUPS, MANIFEST)
    text = s3.get_object(Bucket=BACKUPS, Key=KEY)["Body"].read()
    s3.delete_object(Bucket=BACKUPS, Key=KEY, VersionId=s3.head_object(Bucket=BACKUPS, Key=KEY)["VersionId"])
    s3.put_object(Bucket=BACKUPS, Key=KEY, Body=change(text))


def test_is_read_as_it_was_written(s3):
    manifest.write(s3, BACKUPS, MANIFEST)
    found = manifest.find(s3, BACKUPS, ID)
    added = {name: found.pop(name) for name in ("seal", "hmac", "sealed", "written")}
    assert found == MANIFEST
    assert added["sealed"]
    # That is all that version 1.0.0 asks for.
    assert added["seal"] == sealed.checksum({**MANIFEST, "hmac": added["hmac"]})


def test_more_fields_than_this_version_knows_are_no_harm(s3):
    manifest.write(s3, BACKUPS, {**MANIFEST, "new": 1, "schemas": {**MANIFEST["schemas"], "new": 1}})
    assert manifest.find(s3, BACKUPS, "latest")["new"] == 1


@pytest.mark.parametrize(
    "path",
    [
        "format",
        "id",
        "seconds",
        "snapshot",
        "snapshot.time",
        "versions.postgresNumber",
        "versions.changelog",
        "database.bytes",
        "database.rows",
        "schemas.bucket",
        "schemas.missing",
        "files",
        "files.index",
        "files.database.sha256",
    ],
)
def test_without_a_field_it_is_damaged(s3, path):
    write_manifest(s3, without(MANIFEST, path), ID)
    assert reason(s3) == f"the backup is damaged: {KEY} has no {path} that can be read"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seconds": "1"}, "has no seconds that can be read"),
        ({"schemas": 7}, "has no schemas that can be read"),
        ({"snapshot": {"time": FUTURE}}, f"tells of {FUTURE}, and was written before"),
        ({"snapshot": {"time": "yesterday"}}, 'has "yesterday" in the place of a time'),
        ({"snapshot": {"time": "2026-01-31T02:15:00"}}, 'has "2026-01-31T02:15:00" in the place of a time'),
        ({"id": "20260131T021500Z-ffffff"}, "is not the manifest of this backup"),
        ({"files": {**MANIFEST["files"], "more": {}}}, "is not the manifest of this backup"),
    ],
)
def test_what_cannot_be_true_is_damaged(s3, change, said):
    write_manifest(s3, {**MANIFEST, **change}, ID)
    assert said in reason(s3)


def test_a_newer_format_is_not_guessed_at(s3):
    write_manifest(s3, {"format": 2, "id": ID}, ID)
    assert reason(s3) == f"{KEY} has format 2; this version reads 1: use the version that made it"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[:-20], "is no JSON"),
        (lambda _: b"", "is no JSON"),
        (lambda _: b"\xff\xfe\x00", "is no JSON"),
        (lambda _: b"[]", "does not have the checksum that it states"),
        (lambda text: text.replace(b'"public.t": 1', b'"public.t": 2'), "does not have the checksum that it states"),
        (lambda text: text.replace(b'"seal"', b'"sale"'), "does not have the checksum that it states"),
    ],
)
def test_truncated_or_altered_it_is_damaged(s3, change, said):
    rewrite(s3, change)
    assert said in reason(s3)


def test_is_written_once(s3):
    manifest.write(s3, BACKUPS, MANIFEST)
    with pytest.raises(ClientError, match="PreconditionFailed"):
        manifest.write(s3, BACKUPS, {**MANIFEST, "seconds": 2})


def test_what_was_read_is_not_read_again(s3, monkeypatch):
    manifest.write(s3, BACKUPS, MANIFEST)
    known = {}
    first = list(manifest.every(s3, BACKUPS, known))
    monkeypatch.setattr(s3, "get_object", None)
    assert list(manifest.every(s3, BACKUPS, known)) == first


def test_ids_sort_by_time_and_differ_within_a_second(monkeypatch):
    monkeypatch.setattr(manifest, "now", lambda: manifest.time_of("2026-01-31T02:15:00Z"))
    ids = {manifest.new_id() for _ in range(100)}
    assert len(ids) == 100
    assert {one[:17] for one in ids} == {"20260131T021500Z-"}


@pytest.mark.parametrize("text", ["", "yesterday", "2026-01-31", "2026-01-31T04:00:00", "20260131T021500Z-4f2a1"])
def test_from_is_refused_in_words(text):
    with pytest.raises(Doubt, match="it must be latest, an id of the list of backups, or a time with its zone"):
        manifest.time_of(text)


def test_zones_are_heeded():
    assert manifest.time_of("2026-01-31T04:00:00+02:00") == manifest.time_of("2026-01-31T02:00:00Z")
