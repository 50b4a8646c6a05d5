import pytest

import failure
import kubernetes_api
import unused
from test_settled import Clock


def pod(name, secret, phase="Running", of="env"):
    refers = {
        "env": {"containers": [{"env": [{"valueFrom": {"secretKeyRef": {"name": secret, "key": "k"}}}]}]},
        "first": {"initContainers": [{"envFrom": [{"secretRef": {"name": secret}}]}], "containers": []},
        "volume": {"volumes": [{"secret": {"secretName": secret}}]},
        "projected": {"volumes": [{"projected": {"sources": [{"secret": {"name": secret}}]}}]},
    }
    return {"metadata": {"name": name}, "status": {"phase": phase}, "spec": refers[of]}


def backup(name, phase):
    return {"metadata": {"name": name}, "status": {"phase": phase}}


@pytest.fixture
def wait(monkeypatch):
    """The pods and base backups that are there at each look, the last for ever. A failure is raised."""
    clock = Clock()
    monkeypatch.setattr(unused, "time", clock)
    for name, value in {"NAMESPACE": "a", "SECRETS": "one two", "CURRENT": "one-2", "PATIENCE_SECONDS": "600"}.items():
        monkeypatch.setenv(name, value)

    def run(*pods, backups=((),)):
        began = clock.now
        left = {"pods": list(pods), "backups": list(backups)}

        def get(path):
            found = left[path.split("/")[-1]]
            items = found.pop(0) if len(found) > 1 else found[0]
            if isinstance(items, Exception):
                raise items
            return {"items": list(items)}

        monkeypatch.setattr(kubernetes_api, "get", get)
        unused.unused()
        return clock.now - began

    return run


STEADY = unused.STEADY_SECONDS


def test_believes_nothing_before_it_was_steady_for_a_while(wait):
    assert wait([]) == STEADY
    assert wait([pod("old", "one")], [], [pod("older", "two-3")], []) == 3 * unused.INTERVAL_SECONDS + STEADY


@pytest.mark.parametrize("of", ["env", "first", "volume", "projected"])
def test_sees_every_way_to_refer_to_a_secret(wait, of):
    with pytest.raises(failure.Doubt, match="a former credential is still used, after 600 s: pod old"):
        wait([pod("old", "one", of=of)])


def test_does_not_wait_for_pods_that_have_ended_or_have_other_secrets(wait):
    others = [pod("a", "one-2"), pod("b", "one-two"), pod("c", "three"), pod("d", "one", phase="Succeeded")]
    assert wait(others) == STEADY


def test_tells_the_keys_of_a_secret_apart_that_several_share(wait, monkeypatch):
    monkeypatch.setenv("SECRETS", "shared/k")
    monkeypatch.setenv("CURRENT", "")
    with pytest.raises(failure.Doubt, match="pod old"):
        wait([pod("old", "shared")])
    monkeypatch.setenv("SECRETS", "shared/other")
    assert wait([pod("new", "shared")]) == STEADY


def test_waits_for_base_backups_that_had_begun(wait, monkeypatch):
    monkeypatch.setenv("ARCHIVES", "true")
    begun, later = backup("begun", "running"), backup("later", "started")
    backups = ([begun, backup("done", "completed")], [begun, later], [later])
    assert wait([], backups=backups) == unused.INTERVAL_SECONDS + STEADY
    with pytest.raises(failure.Doubt, match="base backup begun"):
        wait([], backups=([begun],))


def test_waits_for_an_api_that_does_not_answer(wait):
    assert wait(failure.Failure("it cannot be reached"), []) == unused.INTERVAL_SECONDS + STEADY
