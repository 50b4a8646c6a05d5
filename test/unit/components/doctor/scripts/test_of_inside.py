import json
import socket
import time

import pytest

import cluster as client
import inside
import of_inside
from answers import codes, condition, thing
from finding import Unseen

DEPLOYMENT = "/apis/apps/v1/namespaces/justdb-cloud/deployments/justdb-backup-metrics"
PODS = "/api/v1/namespaces/justdb-cloud/pods"
EXPECTED = {
    "namespace": "justdb-cloud",
    "exporter": {"name": "justdb-backup-metrics", "port": 9187},
    "app": {"name": "justdb-cloud", "port": 8080},
}
DAY = 86400


def metrics(**more):
    now = time.time()
    told = {
        "justdb_backup_metrics_last_read_timestamp_seconds": now,
        "justdb_backup_last_success_timestamp_seconds": now - 3600,
        "justdb_backup_last_duration_seconds": 3600,
        "justdb_backup_max_age_seconds": DAY,
        "justdb_drill_last_success_timestamp_seconds": now - DAY,
        "justdb_drill_last_timestamp_seconds": now - DAY,
        "justdb_drill_last_good": 1,
        "justdb_drill_max_age_seconds": 8 * DAY,
        "justdb_backups_damaged": 0,
        **more,
    }
    return "# HELP a b\n" + "".join(f"{name} {value}\n" for name, value in told.items())


@pytest.fixture
def told(cluster, monkeypatch):
    """What is seen inside, after the first update."""
    ready = condition("Ready", "True")
    cluster.answers[DEPLOYMENT] = thing("justdb-backup-metrics", creationTimestamp="2026-01-01T00:00:00Z")
    cluster.lists(f"{PODS}?labelSelector=app=justdb-cloud", thing("app-1", status={**ready, "podIP": "10.1.0.5"}))
    cluster.lists(f"{PODS}?labelSelector=app=justdb-backup-metrics", thing("metrics-1", status=ready))
    answer = {"metrics": metrics(), "connects": False}
    monkeypatch.setattr(inside, "told", lambda *given: {**answer, "asked": given})
    return answer


def test_a_stack_that_is_well(told):
    assert codes(of_inside.policies(EXPECTED)) == []
    assert codes(of_inside.backups(EXPECTED)) == []


def test_before_the_first_update_there_is_nothing_to_tell(cluster):
    assert codes(of_inside.backups(EXPECTED)) == []
    with pytest.raises(Unseen, match="no pod"):
        list(of_inside.policies(EXPECTED))


def test_a_connection_that_no_policy_allows(told):
    told["connects"] = True
    [found] = of_inside.policies(EXPECTED)
    assert (found.code, "8080" in found.seen) == ("JD109", True)


def test_eks_that_is_not_told_to_enforce_policies(cluster):
    path = "/api/v1/namespaces/kube-system/configmaps/amazon-vpc-cni"
    cluster.answers[path] = {**thing("amazon-vpc-cni"), "data": {"enable-network-policy-controller": "false"}}
    assert codes(of_inside.policies(EXPECTED)) == ["JD109"]
    cluster.lists("/apis/apps/v1/daemonsets", thing("calico-node"))
    with pytest.raises(Unseen):
        list(of_inside.policies(EXPECTED))
    cluster.lists("/apis/apps/v1/daemonsets", thing("aws-node"))
    cluster.answers[path]["data"] = {"enable-network-policy-controller": "true"}
    with pytest.raises(Unseen):
        list(of_inside.policies(EXPECTED))


NOW = time.time()


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"justdb_backup_last_success_timestamp_seconds": 0}, ["JD901"]),
        ({"justdb_backup_last_success_timestamp_seconds": NOW - DAY - 600}, []),
        ({"justdb_backup_last_success_timestamp_seconds": NOW - DAY - 7200}, ["JD901"]),
        ({"justdb_backup_last_success_timestamp_seconds": 0, "justdb_backup_max_age_seconds": 0}, []),
        ({"justdb_drill_last_good": 0}, ["JD902"]),
        ({"justdb_drill_last_success_timestamp_seconds": NOW - 9 * DAY}, ["JD903"]),
        ({"justdb_drill_last_success_timestamp_seconds": 0}, ["JD903"]),
        ({"justdb_drill_last_success_timestamp_seconds": 0, "justdb_drill_max_age_seconds": 0}, []),
        ({"justdb_backup_metrics_last_read_timestamp_seconds": NOW - 3600}, ["JD904"]),
        ({"justdb_backup_metrics_last_read_timestamp_seconds": 0}, ["JD904"]),
        ({"justdb_backups_damaged": 2}, ["JD905"]),
    ],
)
def test_backups_and_drills(told, more, found):
    told["metrics"] = metrics(**more)
    assert codes(of_inside.backups(EXPECTED)) == found


@pytest.mark.parametrize(
    ("days", "most", "found"),
    [(91, 90, ["JD906"]), (89, 90, []), (91, 0, [])],
)
def test_credentials(told, days, most, found):
    created = {'justdb_credential_created_timestamp_seconds{credential="jwt"}': NOW - days * DAY}
    told["metrics"] = metrics(**created, justdb_credential_max_age_seconds=most * DAY)
    assert codes(of_inside.backups(EXPECTED)) == found


def test_a_stack_that_is_new_has_neither_yet(cluster, told):
    made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(NOW - 3600))
    cluster.answers[DEPLOYMENT] = thing("justdb-backup-metrics", creationTimestamp=made)
    never = ("justdb_backup_last_success_timestamp_seconds", "justdb_drill_last_success_timestamp_seconds")
    told["metrics"] = metrics(**dict.fromkeys(never, 0))
    assert codes(of_inside.backups(EXPECTED)) == []


def test_a_pod_that_has_just_started_waits_for_its_way_to_open(told, monkeypatch):
    answers = iter(["", "", metrics()])
    monkeypatch.setattr(inside, "told", lambda *_: {"metrics": next(answers), "connects": False})
    monkeypatch.setattr(of_inside.time, "sleep", lambda _: None)
    assert codes(of_inside.backups(EXPECTED)) == []


def test_an_exporter_that_tells_nothing(told, monkeypatch):
    monkeypatch.setattr(of_inside.time, "sleep", lambda _: None)
    told["metrics"] = ""
    assert codes(of_inside.backups(EXPECTED)) == ["JD904"]


def test_from_a_checkout_the_exporters_own_pod_is_asked(told, monkeypatch):
    ran = []

    def run(*given):
        ran.append(given)
        return json.dumps({"metrics": metrics(), "connects": True})

    monkeypatch.setenv("KUBECTL", "[]")
    monkeypatch.setattr(client, "run", run)
    assert codes(of_inside.policies(EXPECTED)) == ["JD109"]
    assert codes(of_inside.backups(EXPECTED)) == []
    [(namespace, pod, container, command, script)] = ran
    assert (namespace, pod, container) == ("justdb-cloud", "metrics-1", "justdb-backup-metrics")
    assert command == ["python3", "-", "http://localhost:9187/metrics", "10.1.0.5", "8080"]
    assert "create_connection" in script


def test_a_connection_is_one_that_is_made():
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        assert inside.connects(host, port)
    # As a network plugin refuses it that rejects.
    assert not inside.connects(host, port)
    assert inside.metrics(f"http://{host}:{port}/metrics") == ""


@pytest.mark.parametrize(("answers", "is_open"), [([False], False), ([True, False], False), ([True, True], True)])
def test_a_pod_that_has_just_started_tries_twice(monkeypatch, answers, is_open):
    left = iter(answers)
    monkeypatch.setattr(inside, "connects", lambda host, port: next(left))
    monkeypatch.setattr(inside.time, "sleep", lambda _: None)
    assert inside.is_open("10.1.0.5", 8080) == is_open
    assert list(left) == []
