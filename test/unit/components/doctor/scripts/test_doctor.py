import json
import re

import pytest

import doctor
from finding import Finding, Unseen

EXPECTED = {"about": "stack prod", "deployer": True}


def of(monkeypatch, in_cluster, of_deployer=None):
    monkeypatch.setattr(doctor, "IN_CLUSTER", in_cluster)
    monkeypatch.setattr(doctor, "OF_DEPLOYER", of_deployer or {})


def finds(*found):
    return lambda expected: iter(found)


def ran(capsys, expected=EXPECTED):
    code = doctor.main(json.dumps(expected))
    return code, capsys.readouterr().out


def test_every_code_is_that_of_one_check_and_is_explained():
    with open(f"{doctor.HERE}/findings.json", encoding="utf-8") as file:
        explained = json.load(file)
    found = {code for codes in {**doctor.IN_CLUSTER, **doctor.OF_DEPLOYER}.values() for code in codes} | {"JD101"}
    assert found == set(explained)
    for code, about in explained.items():
        assert re.fullmatch(r"JD\d{3}", code)
        assert set(about) == {"title", "severity", "why", "fix"}
        assert about["severity"] in doctor.EXIT_CODES


@pytest.mark.parametrize(("codes", "exit_code"), [([], 0), (["JD303"], 1), (["JD303", "JD302"], 2)])
def test_the_exit_code_is_that_of_the_worst_which_comes_first(cluster, monkeypatch, capsys, codes, exit_code):
    of(monkeypatch, {finds(*(Finding(code, "seen") for code in codes)): []})
    monkeypatch.setenv("FORMAT", "json")
    code, out = ran(capsys)
    assert code == exit_code
    assert [one["code"] for one in json.loads(out)["findings"]] == sorted(codes)


def test_it_says_what_was_seen_why_it_matters_and_what_to_do(cluster, monkeypatch, capsys):
    of(monkeypatch, {finds(Finding("JD302", "postgresStorageClass is gp2")): []})
    _, out = ran(capsys)
    assert out.startswith("stack prod: 1 error\n")
    for line in ("ERROR   JD302", "seen:  postgresStorageClass is gp2", "fix:   Name a class", "docs/doctor.md#jd302"):
        assert line in out


def test_a_fix_of_its_own_takes_the_place_of_the_common_one(cluster, monkeypatch, capsys):
    of(monkeypatch, {finds(Finding("JD201", "seen", "helm install it")): []})
    assert "fix:   helm install it" in ran(capsys)[1]


def test_what_is_unknown_is_no_finding(cluster, monkeypatch, capsys):
    def unseen(expected):
        yield Finding("JD303", "seen")
        raise Unseen("who asks may not read it")

    def broken(expected):
        raise KeyError("status")

    of(monkeypatch, {unseen: ["JD303"], broken: ["JD603"]})
    code, out = ran(capsys)
    assert code == 1
    assert "JD303: who asks may not read it" in out
    assert "JD603: an answer that is not understood: KeyError" in out


def test_a_good_one_is_ready(cluster, monkeypatch, capsys):
    of(monkeypatch, {finds(): []})
    assert ran(capsys) == (0, "stack prod: ready\n")


def test_without_the_kubernetes_api_that_alone_is_told_of_the_cluster(cluster, monkeypatch, capsys):
    cluster.down = True
    monkeypatch.setenv("KUBECTL", "[]")
    account = finds(Finding("JD402", "expired"))
    of(monkeypatch, {finds(Finding("JD603", "seen")): []}, {account: []})
    monkeypatch.setenv("FORMAT", "json")
    code, out = ran(capsys)
    assert code == 2
    assert [one["code"] for one in json.loads(out)["findings"]] == ["JD101", "JD402"]


@pytest.mark.parametrize(("kubectl", "code"), [(None, 0), ("[]", 2)])
def test_a_pod_that_has_just_started_waits_for_its_way_to_open(cluster, monkeypatch, capsys, kubectl, code):
    of(monkeypatch, {finds(): []})
    if kubectl:
        monkeypatch.setenv("KUBECTL", kubectl)
    cluster.down = True
    monkeypatch.setattr(doctor.time, "sleep", lambda _: setattr(cluster, "down", False))
    assert ran(capsys)[0] == code


def test_a_pod_does_not_speak_for_who_runs_an_update(cluster, monkeypatch, capsys):
    of(monkeypatch, {finds(): []}, {finds(Finding("JD402", "no credentials")): []})
    assert ran(capsys, {**EXPECTED, "deployer": False})[0] == 0
