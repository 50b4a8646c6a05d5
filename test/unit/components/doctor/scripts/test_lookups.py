import json
import subprocess
import sys

import pytest

import cluster as client
from finding import Unseen


def test_what_is_not_there_is_none_and_what_may_not_be_read_unknown(cluster):
    assert client.look("/api/v1/nodes") is None
    assert client.items("/api/v1/nodes") == []
    cluster.forbidden.add("/api/v1/nodes")
    with pytest.raises(Unseen, match="/api/v1/nodes"):
        client.items("/api/v1/nodes")


def kubectl(monkeypatch, script):
    monkeypatch.setenv("KUBECTL", json.dumps([sys.executable, "-c", script]))


def test_a_command_in_a_pod_is_given_its_input(monkeypatch):
    kubectl(monkeypatch, "import sys; print(sys.argv[1:], sys.stdin.read())")
    ran = client.run("one", "pod", "main", ["python3", "-"], "script")
    assert ran.strip() == "['-n', 'one', 'exec', '-i', 'pod', '-c', 'main', '--', 'python3', '-'] script"


def test_one_that_cannot_be_run_is_unknown(monkeypatch):
    kubectl(monkeypatch, "raise SystemExit('forbidden')")
    with pytest.raises(Unseen, match="forbidden"):
        client.run("one", "pod", "main", [])
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: (_ for _ in ()).throw(subprocess.TimeoutExpired("a", 1)))
    with pytest.raises(Unseen, match="has not ended"):
        client.run("one", "pod", "main", [])
