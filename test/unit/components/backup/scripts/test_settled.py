import pytest

import failure
import kubernetes_api
import settled


class Clock:
    """Time that goes by while somebody waits."""

    now = 1000.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def look(monkeypatch):
    """What each look finds, the last for ever: what is left, whether the pods are newer, which are stuck."""
    clock = Clock()
    monkeypatch.setattr(settled, "time", clock)
    for name, value in {"NAMESPACE": "a", "CLUSTER": "db", "CHECKSUM": "new", "PATIENCE_SECONDS": "600"}.items():
        monkeypatch.setenv(name, value)

    def run(*finds):
        left = list(finds)
        monkeypatch.setattr(settled, "look", lambda *_: left.pop(0) if len(left) > 1 else left[0])
        settled.settled()
        return clock.now - Clock.now

    return run


NOTHING = ("", False, [])


def test_passes_at_once_where_all_pods_are_newer(look):
    assert look(("", True, [])) == 0


def test_believes_nothing_before_it_was_steady_for_a_while(look):
    assert look(NOTHING, ("db-1 is ending", False, []), NOTHING) == 4 + settled.STEADY_SECONDS


def test_gives_up_with_the_words_of_the_last_look(look):
    with pytest.raises(failure.Doubt, match="after 600 s: db-1 is not ready"):
        look(("db-1 is not ready", False, []))


def test_gives_up_early_on_what_cannot_start(look):
    with pytest.raises(failure.Doubt, match=r"after 120 s: db-1 waits\. Put the setting right.* -n a delete pod db-1"):
        look(("db-1 waits", False, ["db-1"]))


def test_waits_for_an_api_that_does_not_answer(monkeypatch):
    def refuse(*_, **__):
        raise failure.Failure("the Kubernetes API cannot be reached")

    monkeypatch.setattr(kubernetes_api, "get", refuse)
    assert settled.look("a", "db", "new") == ("the Kubernetes API cannot be reached", False, [])
