"""What counts as a backup: its manifest's first version, as long as the bucket's retention has not hidden it."""

import pytest

import list as listing
import manifest
import metrics
from failure import Doubt
from samples import BACKUPS, MANIFEST, backup_id, backup_of, make_bucket


def key_of(day):
    return manifest.key_of(backup_id(day), manifest.NAME)


def expire(s3, day):
    """As the lifecycle of a bucket with versions does it: a marker in front of what is there."""
    s3.delete_object(Bucket=BACKUPS, Key=key_of(day))


@pytest.fixture
def three(s3):
    for day in (10, 11, 12):
        manifest.write(s3, BACKUPS, backup_of(day))
    return s3


def found(s3):
    return [(backup, hidden) for backup, hidden, _ in manifest.every(s3, BACKUPS)]


def test_the_oldest_is_the_first(three):
    assert found(three) == [(backup_id(day), False) for day in (10, 11, 12)]


def test_without_a_manifest_it_does_not_count(s3):
    s3.put_object(Bucket=BACKUPS, Key=manifest.key_of(backup_id(13), "database.dump"), Body=b"unfinished")
    s3.put_object(Bucket=BACKUPS, Key="backups/notes/manifest.json", Body=b"{}")
    assert found(s3) == []
    for wanted in ("latest", "2026-01-31T00:00:00Z"):
        with pytest.raises(Doubt, match=f"there is no finished backup in bucket {BACKUPS}"):
            manifest.find(s3, BACKUPS, wanted)


def test_past_its_retention_it_is_hidden_but_can_be_named(three):
    expire(three, 12)
    expire(three, 10)
    assert found(three) == [(backup_id(10), True), (backup_id(11), False), (backup_id(12), True)]
    assert manifest.find(three, BACKUPS, "latest")["id"] == backup_id(11)
    assert manifest.find(three, BACKUPS, backup_id(10))["id"] == backup_id(10)
    with pytest.raises(Doubt, match=f"is as old as 2026-01-10T12:00:00Z; the oldest is {backup_id(11)}"):
        manifest.find(three, BACKUPS, "2026-01-10T12:00:00Z")


def test_all_hidden_is_none(three):
    for day in (10, 11, 12):
        expire(three, day)
    with pytest.raises(Doubt, match="there is no finished backup"):
        manifest.find(three, BACKUPS, "latest")


def test_its_last_version_gone_it_is_gone(three):
    version = three.head_object(Bucket=BACKUPS, Key=key_of(11))["VersionId"]
    expire(three, 11)
    three.delete_object(Bucket=BACKUPS, Key=key_of(11), VersionId=version)
    assert found(three) == [(backup_id(10), False), (backup_id(12), False)]
    with pytest.raises(Doubt, match=f"there is no finished backup {backup_id(11)}"):
        manifest.find(three, BACKUPS, backup_id(11))


def test_the_first_version_counts_whatever_is_written_later(three):
    three.put_object(Bucket=BACKUPS, Key=key_of(12), Body=b"of somebody else")
    assert manifest.find(three, BACKUPS, "latest")["id"] == backup_id(12)


def test_hidden_and_written_again_it_is_shown_as_it_was_first(three):
    expire(three, 12)
    three.put_object(Bucket=BACKUPS, Key=key_of(12), Body=b"of somebody else")
    assert found(three)[-1] == (backup_id(12), False)
    assert manifest.find(three, BACKUPS, "latest")["id"] == backup_id(12)


@pytest.mark.parametrize(
    ("wanted", "day"),
    [
        ("2026-01-31T00:00:00Z", 12),
        ("2026-01-12T02:15:00Z", 12),
        ("2026-01-12T02:14:59Z", 11),
        ("2026-01-11T04:00:00+02:00", 10),
    ],
)
def test_a_time_finds_the_newest_that_is_not_younger(three, wanted, day):
    assert manifest.find(three, BACKUPS, wanted)["id"] == backup_id(day)


def test_a_damaged_one_is_not_passed_over(three):
    three.put_object(Bucket=BACKUPS, Key=key_of(13), Body=b"{}")
    for wanted in ("latest", "2026-01-12T03:00:00Z"):
        with pytest.raises(Doubt, match="the backup is damaged"):
            manifest.find(three, BACKUPS, wanted)
    expire(three, 13)
    assert manifest.find(three, BACKUPS, "latest")["id"] == backup_id(12)


def test_versions_are_read_page_by_page(three):
    event = "provide-client-params.s3.ListObjectVersions"
    pages = []

    def small(params, **_):
        pages.append(params)
        return {**params, "MaxKeys": 1}

    expire(three, 12)
    three.meta.events.register(event, small)
    try:
        assert found(three) == [(backup_id(10), False), (backup_id(11), False), (backup_id(12), True)]
    finally:
        three.meta.events.unregister(event, small)
    assert len(pages) > 2


def test_a_bucket_that_keeps_no_versions(s3):
    make_bucket(s3, "plain", versions=False)
    manifest.write(s3, "plain", MANIFEST)
    known = {}
    ((backup, hidden, content),) = manifest.every(s3, "plain", known)
    assert (backup, hidden, content["id"]) == (MANIFEST["id"], False, MANIFEST["id"])
    # There, a content may change: it is read each time.
    assert known == {}


def test_metrics_tell_of_what_is_within_its_retention(three):
    expire(three, 12)
    three.put_object(Bucket=BACKUPS, Key=key_of(13), Body=b"{}")
    told = metrics.of_backups(list(manifest.every(three, BACKUPS)))
    assert told["justdb_backups"] == 2
    assert told["justdb_backups_damaged"] == 1
    assert told["justdb_backup_last_success_timestamp_seconds"] == metrics.timestamp("2026-01-11T02:15:00Z")


def test_metrics_of_no_backup():
    assert metrics.of_backups([]) == {
        "justdb_backup_last_success_timestamp_seconds": 0,
        "justdb_backups": 0,
        "justdb_backups_unsealed": 0,
        "justdb_backups_damaged": 0,
    }


def test_the_list_is_the_newest_first_and_says_what_is_hidden_or_damaged(three, capsys):
    expire(three, 10)
    three.put_object(Bucket=BACKUPS, Key=key_of(13), Body=b"{}")
    with pytest.raises(Doubt, match="1 of 4 backups are damaged"):
        listing.show()
    lines = capsys.readouterr().out.splitlines()
    assert [line[:23] for line in lines] == [backup_id(day) for day in (13, 12, 11, 10)]
    assert [("DAMAGED" in line, line.endswith("past its retention")) for line in lines] == [
        (True, False),
        (False, False),
        (False, False),
        (False, True),
    ]


def test_an_empty_list_says_so(s3, capsys):
    listing.show()
    assert capsys.readouterr().out == f"there is no finished backup in bucket {BACKUPS}\n"
