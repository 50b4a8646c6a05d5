"""The schemas of a database that was recovered from an archive, fetched from buckets and backups."""

import pytest

import addresses
import facts
import manifest
import postgres
import schemas
from failure import Doubt
from samples import (
    BACKUPS,
    SCHEMAS,
    Database,
    backup_id,
    backup_of,
    contents,
    lines,
    make_bucket,
    packed,
    sha256,
    upload,
)

OLD = "bucket-of-the-old-stack"


def back_up(s3, bucket, day):
    """Makes a backup of the schemas that the bucket holds now."""
    data, index = packed(s3, bucket)
    key = f"{backup_id(day)}/"
    files = {"objects": upload(s3, f"{key}objects", data), "index": upload(s3, f"{key}index", lines(index))}
    made = backup_of(day)
    manifest.write(s3, BACKUPS, {**made, "files": {**made["files"], **files}})


@pytest.fixture
def run(s3, monkeypatch):
    """Runs the program on a database with these rows: key -> bucket and content."""

    def run(rows):
        answer = {
            key: (f"s3://{bucket}/{key}", None if content is None else sha256(content))
            for key, (bucket, content) in rows.items()
        }
        monkeypatch.setattr(postgres, "wait_until_ready", lambda: None)
        monkeypatch.setattr(postgres, "Session", lambda _: Database({}))
        monkeypatch.setattr(facts, "newest_rows", lambda _: answer)
        monkeypatch.setattr(addresses, "move", lambda _session, _bucket, but: len(rows) - len(but))
        result = schemas.schemas()
        return {name: value for name, value in result.items() if name != "seconds"}

    make_bucket(s3, OLD)
    return run


def test_each_is_taken_from_where_it_is(s3, run):
    for day, content in ((10, b"older"), (11, b"newer")):
        s3.put_object(Bucket=OLD, Key="schemas/of-backups", Body=content)
        s3.put_object(Bucket=OLD, Key="schemas/checked", Body=content)
        back_up(s3, OLD, day)
    for key in ("schemas/of-backups", "schemas/checked"):
        s3.delete_object(Bucket=OLD, Key=key)
    s3.put_object(Bucket=SCHEMAS, Key="schemas/there", Body=b"there")
    s3.put_object(Bucket=SCHEMAS, Key="schemas/spoiled", Body=b"spoiled")
    for key in ("schemas/there", "schemas/spoiled", "schemas/copied"):
        s3.put_object(Bucket=OLD, Key=key, Body=b"of the old bucket", ContentType="application/json")
    result = run(
        {
            "schemas/there": (SCHEMAS, b"there"),
            "schemas/spoiled": (OLD, b"of the old bucket"),
            "schemas/copied": (OLD, None),
            # The newest backup that holds it, and the one that holds what the row says.
            "schemas/of-backups": (OLD, None),
            "schemas/checked": (OLD, b"older"),
        }
    )
    assert result == {"schemas": 5, "fromBuckets": 2, "fromBackups": 2, "missing": 0, "rowsMoved": 5}
    assert contents(s3, SCHEMAS) == {
        "schemas/there": b"there",
        "schemas/spoiled": b"of the old bucket",
        "schemas/copied": b"of the old bucket",
        "schemas/of-backups": b"newer",
        "schemas/checked": b"older",
    }
    assert s3.head_object(Bucket=SCHEMAS, Key="schemas/copied")["ContentType"] == "application/json"


def test_a_damaged_backup_is_passed_over(s3, run, capsys):
    s3.put_object(Bucket=OLD, Key="schemas/1", Body=b"1")
    back_up(s3, OLD, 10)
    back_up(s3, OLD, 11)
    s3.put_object(Bucket=BACKUPS, Key=manifest.key_of(backup_id(12), manifest.NAME), Body=b"{}")
    index = f"{backup_id(11)}/index"
    s3.delete_object(Bucket=BACKUPS, Key=index, VersionId=s3.head_object(Bucket=BACKUPS, Key=index)["VersionId"])
    assert run({"schemas/1": ("gone", b"1")})["fromBackups"] == 1
    said = capsys.readouterr().out
    assert f"backup {backup_id(12)} is passed over: the backup is damaged" in said
    assert f"backup {backup_id(11)} is passed over: the backup is damaged" in said


def test_what_is_nowhere_is_named_and_the_others_are_in_place(s3, run, capsys):
    s3.put_object(Bucket=OLD, Key="schemas/1", Body=b"1")
    with pytest.raises(Doubt, match=f"1 of 2 schemas are in no bucket .* s3://{OLD}/schemas/lost is one"):
        run({"schemas/1": (OLD, b"1"), "schemas/lost": (OLD, None)})
    assert f"missing: s3://{OLD}/schemas/lost" in capsys.readouterr().out
    assert contents(s3, SCHEMAS) == {"schemas/1": b"1"}


def test_run_again_it_changes_nothing(s3, run):
    s3.put_object(Bucket=OLD, Key="schemas/1", Body=b"1")
    rows = {"schemas/1": (OLD, b"1")}
    run(rows)
    assert run(rows) == {"schemas": 1, "fromBuckets": 0, "fromBackups": 0, "missing": 0, "rowsMoved": 1}
    assert len(s3.list_object_versions(Bucket=SCHEMAS)["Versions"]) == 1
