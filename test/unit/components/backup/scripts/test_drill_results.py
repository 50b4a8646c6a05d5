import pytest

import drill_results
import metrics
import sealed
from samples import BACKUPS, DRILL, FUTURE, READ, plant, without

KEY = drill_results.key_of(DRILL["id"])


def every(s3):
    return list(drill_results.every(s3, BACKUPS, {}))


def test_are_read_as_they_were_written_the_oldest_first(s3):
    for result in (DRILL, {**DRILL, "id": "20260130T041500Z-4f2a1c", "ok": False}):
        drill_results.write(s3, BACKUPS, result)
    assert [(found["id"], found["ok"]) for found in every(s3)] == [
        ("20260130T041500Z-4f2a1c", False),
        (DRILL["id"], True),
    ]


@pytest.mark.parametrize("path", DRILL)
def test_without_a_field_it_is_damaged(s3, path):
    sealed.write(s3, BACKUPS, KEY, without(DRILL, path))
    (found,) = every(s3)
    assert found.reason == f"{KEY} has no {path} that can be read"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"finished": FUTURE}, f"tells of {FUTURE}, and was written before"),
        ({"id": "20260131T041500Z-ffffff"}, "is not the result of this drill"),
        ({"format": 2}, "is not the result of this drill"),
        ({"ok": "yes"}, "has no ok that can be read"),
    ],
)
def test_what_cannot_be_true_is_damaged(s3, change, said):
    sealed.write(s3, BACKUPS, KEY, {**DRILL, **change})
    (found,) = every(s3)
    assert said in found.reason


def test_metrics_take_the_last_good_drill_of_the_newest_backup():
    results = [
        {**DRILL, **READ, "finished": "2026-01-01T04:00:00Z"},
        {**DRILL, **READ, "finished": "2026-01-02T04:00:00Z", "from": "20260101T021500Z-4f2a1c"},
        {**DRILL, **READ, "finished": "2026-01-03T04:00:00Z", "ok": False},
    ]
    told = metrics.of_drills(results)
    assert told["justdb_drill_last_success_timestamp_seconds"] == metrics.timestamp("2026-01-01T04:00:00Z")
    assert told["justdb_drill_last_timestamp_seconds"] == metrics.timestamp("2026-01-03T04:00:00Z")
    assert told["justdb_drill_last_good"] == 0


def test_metrics_take_a_damaged_result_for_a_bad_one():
    assert metrics.of_drills([{**DRILL, **READ}, sealed.Damaged("why")])["justdb_drill_last_good"] == 0


def test_without_the_seal_a_result_counts_until_there_is_one_that_has_it(s3):
    plant(s3, DRILL, KEY)
    earlier = metrics.timestamp(DRILL["finished"])
    assert metrics.of_drills(every(s3))["justdb_drill_last_success_timestamp_seconds"] == earlier
    later = {**DRILL, "id": "20260201T041500Z-4f2a1c", "finished": "2026-02-01T04:15:10Z"}
    drill_results.write(s3, BACKUPS, later)
    plant(s3, {**DRILL, "finished": "2026-02-08T04:15:10Z"}, drill_results.key_of(DRILL["id"]))
    told = metrics.of_drills(every(s3))
    assert told["justdb_drill_last_success_timestamp_seconds"] == metrics.timestamp(later["finished"])
