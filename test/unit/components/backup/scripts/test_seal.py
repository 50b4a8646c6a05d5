"""
Whoever may only add objects to the bucket makes whole backups, with good checksums, but not the seal: these are no
`latest`.
"""

import pytest

import environment
import list as listing
import manifest
import metrics
import sealed
from failure import Doubt
from samples import BACKUPS, MANIFEST, READ, backup_id, backup_of, plant


@pytest.fixture
def written(monkeypatch):
    """Lets what is read from now on be written at that time of 2026-01-31, in the words of S3."""

    def at(times):
        read = sealed.read

        def timed(s3, bucket, key, version):
            content, when = read(s3, bucket, key, version)
            return {**content, "written": f"2026-01-31T{times[key.split('/')[1]]}Z"}, when

        monkeypatch.setattr(sealed, "read", timed)

    return at


def key_of(day):
    return manifest.key_of(backup_id(day), manifest.NAME)


def other_key(monkeypatch, content):
    """The same content, sealed with a key of somebody's own."""
    with monkeypatch.context() as patch:
        patch.setenv("SEAL_KEY", "x" * 64)
        return sealed.seal(content)


def test_a_planted_backup_is_passed_over_and_that_is_said(s3, capsys):
    manifest.write(s3, BACKUPS, backup_of(10))
    plant(s3, backup_of(11), key_of(11))
    for wanted in ("latest", "2026-01-12T00:00:00Z"):
        assert manifest.find(s3, BACKUPS, wanted)["id"] == backup_id(10)
    assert f"backup {backup_id(11)} is passed over: it does not have the seal" in capsys.readouterr().out


@pytest.mark.parametrize(
    "forged", [None, "", 7, "\ud800", "ä", {"a": 1}, "0" * 64, lambda patch, content: other_key(patch, content)["hmac"]]
)
def test_no_other_seal_passes(s3, monkeypatch, forged):
    content = {**MANIFEST, "sealed": True}
    plant(s3, {**content, "hmac": forged(monkeypatch, content) if callable(forged) else forged}, key_of(31))
    assert not manifest.find(s3, BACKUPS, MANIFEST["id"])["sealed"]


def test_the_seal_is_of_all_that_the_manifest_says(s3):
    good = sealed.seal(MANIFEST)
    plant(s3, {**good, "seconds": 2}, key_of(31))
    assert not manifest.find(s3, BACKUPS, MANIFEST["id"])["sealed"]


def test_by_its_id_it_is_taken_and_that_is_said(s3, capsys):
    plant(s3, backup_of(10), key_of(10))
    assert manifest.find(s3, BACKUPS, backup_id(10))["id"] == backup_id(10)
    assert "it is taken because it was named" in capsys.readouterr().out


def test_where_none_has_the_seal_the_newest_is_named_and_not_taken(s3):
    for day in (10, 11):
        plant(s3, backup_of(day), key_of(day))
    for wanted in ("latest", "2026-01-31T00:00:00Z"):
        with pytest.raises(
            Doubt, match=f"has the seal .* restoreFromSealKey .* name it: {backup_id(11)} of 2026-01-11"
        ):
            manifest.find(s3, BACKUPS, wanted)


def test_those_of_earlier_versions_are_told_of_until_the_first_that_is_sealed(s3):
    for day in (10, 11):
        plant(s3, backup_of(day), key_of(day))
    told = metrics.of_backups(list(manifest.every(s3, BACKUPS)))
    assert (told["justdb_backups"], told["justdb_backups_unsealed"], told["justdb_backups_damaged"]) == (2, 2, 0)
    assert told["justdb_backup_last_success_timestamp_seconds"] == metrics.timestamp("2026-01-11T02:15:00Z")
    manifest.write(s3, BACKUPS, backup_of(9))
    told = metrics.of_backups(list(manifest.every(s3, BACKUPS)))
    assert told["justdb_backup_last_success_timestamp_seconds"] == metrics.timestamp("2026-01-09T02:15:00Z")


def test_one_that_was_written_after_a_sealed_one_is_somebody_elses(s3, written):
    for day in (10, 12):
        plant(s3, backup_of(day), key_of(day))
    manifest.write(s3, BACKUPS, backup_of(11))
    # Whatever it says of itself: what counts is when S3 took it.
    written({backup_id(12): "01:00:00", backup_id(11): "02:00:00", backup_id(10): "03:00:00"})
    found = {backup: one for backup, _, one in manifest.every(s3, BACKUPS)}
    assert found[backup_id(10)].reason == f"{sealed.FOREIGN}, and one that was written before has it"
    assert [found[backup_id(day)]["sealed"] for day in (11, 12)] == [True, False]
    told = metrics.of_backups(list(manifest.every(s3, BACKUPS)))
    assert (told["justdb_backups"], told["justdb_backups_unsealed"], told["justdb_backups_damaged"]) == (2, 1, 1)


def test_the_list_says_it():
    assert listing.row("id", False, {**MANIFEST, **READ, "sealed": False}).endswith(
        "no seal of this stack: by its id only"
    )


@pytest.mark.parametrize("key", ["", "short"])
def test_without_the_key_nothing_is_sealed_or_believed_and_the_key_is_not_shown(monkeypatch, key):
    monkeypatch.setenv("SEAL_KEY", key)
    with pytest.raises(Doubt, match=f"^SEAL_KEY has {len(key)} characters") as doubt:
        environment.seal_key()
    assert "short" not in str(doubt.value)
