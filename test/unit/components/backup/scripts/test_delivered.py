import pytest

import delivered
import failure
import kubernetes_api
from delivery import Progress


class Clock:
    """Time that goes by while somebody waits."""

    now = 1000.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


VARIABLES = {
    "NAMESPACE": "a",
    "ROLLOUT": "app",
    "PROMOTION_SECONDS": "900",
    "PATIENCE_SECONDS": "300",
    "JOB": "delivered-1",
    "JOB_UID": "7",
}


@pytest.fixture
def events(monkeypatch):
    made = []
    monkeypatch.setattr(kubernetes_api, "create", lambda path, content: made.append((path, content)))
    return made


@pytest.fixture
def looks(monkeypatch, events):
    """Runs it with what each look finds, the last for ever. Returns how long it took."""
    clock = Clock()
    monkeypatch.setattr(delivered, "time", clock)
    monkeypatch.setattr(delivered, "causes", lambda *_: "; error-percent was [40]")
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)

    def run(*finds):
        left = [({}, Progress(*find)) for find in finds]
        monkeypatch.setattr(delivered, "look", lambda *_: left.pop(0) if len(left) > 1 else left[0])
        delivered.delivered()
        return clock.now - Clock.now

    return run


DONE = ("done", "")


def test_passes_when_the_newest_version_serves_all(looks):
    assert looks(("moving", "more replicas need to be updated"), DONE) == delivered.INTERVAL_SECONDS


def test_fails_with_the_reason_when_a_version_was_taken_back(looks):
    with pytest.raises(failure.Doubt, match=r"^aborted; error-percent was \[40\]\. .* retry rollout app"):
        looks(("moving", ""), ("failed", "aborted"))


def test_does_not_take_what_was_before_for_the_end(looks):
    assert looks(("failed", "of the version before"), ("stuck", "the same"), DONE) == 2 * delivered.INTERVAL_SECONDS


def test_gives_up_on_what_does_not_go_on(looks):
    with pytest.raises(failure.Doubt, match=r"ProgressDeadlineExceeded; .* describe rollout app"):
        looks(("stuck", "ProgressDeadlineExceeded"))


def test_tells_somebody_once_how_it_goes_on(looks, events):
    person = ("person", "BlueGreenPause")
    looks(person, person, DONE)
    [(path, event)] = events
    assert path == "/api/v1/namespaces/a/events"
    assert event["involvedObject"]["uid"] == "7"
    assert "kubectl argo rollouts -n a promote app" in event["message"]


def test_waits_longer_for_somebody_than_for_pods(looks):
    moving = [("moving", "pods start")] * 100
    with pytest.raises(failure.Doubt, match=r"^time is up: BlueGreenPause"):
        looks(*moving, ("person", "BlueGreenPause"))
    assert delivered.time.now - Clock.now == pytest.approx(200 + 900, abs=10)
    with pytest.raises(failure.Doubt, match=r"^time is up: pods start"):
        looks(("moving", "pods start"))


def test_waits_for_an_api_that_does_not_answer(monkeypatch):
    def refuse(*_, **__):
        raise failure.Failure("the Kubernetes API cannot be reached")

    monkeypatch.setattr(kubernetes_api, "get", refuse)
    assert delivered.look("a", "app") == (None, ("moving", "the Kubernetes API cannot be reached"))
    assert delivered.causes("a", {"status": {}}) == "; the Kubernetes API cannot be reached"


def test_names_pods_of_the_newest_version_that_have_not_started(monkeypatch):
    pod = {
        "metadata": {"name": "app-1"},
        "status": {"containerStatuses": [{"state": {"waiting": {"reason": "ErrImagePull"}}}]},
    }
    asked = []

    def answer(path, labelSelector):  # noqa: N803 - as the API calls it
        asked.append(labelSelector)
        return {"items": [pod] if path.endswith("/pods") else []}

    monkeypatch.setattr(kubernetes_api, "get", answer)
    assert delivered.causes("a", {"status": {"currentPodHash": "new"}}) == "; app-1 waits: ErrImagePull"
    assert set(asked) == {"rollouts-pod-template-hash=new"}
