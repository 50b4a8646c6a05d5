import pytest

import before_migrations
import consistent_backup
from before_migrations import before_migrations as run
from failure import Failure


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """Where the steps leave what the next one must know. Something is pending, and there are rows to lose."""
    monkeypatch.setenv("NAMESPACE", "justdb-cloud")
    monkeypatch.setenv("PENDING", str(tmp_path / "pending"))
    monkeypatch.setenv("FAILED", str(tmp_path / "failed"))
    monkeypatch.setattr(before_migrations.postgres, "wait_until_ready", lambda: None)
    monkeypatch.setattr(before_migrations.postgres, "Session", Session)
    monkeypatch.setattr(before_migrations.facts, "held", lambda _: ["schema_versions"])
    (tmp_path / "pending").write_text("006")
    return tmp_path


class Session:
    def __init__(self, _):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def makes(monkeypatch, error=None):
    made = []

    def make():
        made.append(1)
        if error:
            raise error
        return {"backup": "one"}

    monkeypatch.setattr(consistent_backup, "make", make)
    return made


def test_a_backup_is_made(work, monkeypatch):
    makes(monkeypatch)
    assert run() == {"backup": "one"}
    assert not (work / "failed").exists()


def test_none_is_made_when_nothing_is_pending(work, monkeypatch):
    made = makes(monkeypatch)
    (work / "pending").write_text("")
    assert run() is None
    assert not made


def test_none_is_made_after_a_step_that_failed(work, monkeypatch):
    made = makes(monkeypatch)
    (work / "failed").write_text("The lock is held.")
    assert run() is None
    assert not made
    assert (work / "failed").read_text() == "The lock is held."


def test_why_there_is_none_is_left_for_the_next_step(work, monkeypatch):
    makes(monkeypatch, Failure("the bucket is full"))
    assert run() is None
    assert "There is no backup of before the pending changes: the bucket is full." in (work / "failed").read_text()


def test_what_was_lost_before_does_not_stop_the_changes(work, monkeypatch):
    makes(monkeypatch, consistent_backup.Lost("two schemas were lost"))
    assert run() is None
    assert not (work / "failed").exists()
