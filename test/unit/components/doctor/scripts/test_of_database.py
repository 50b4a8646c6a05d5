import time

import pytest

import cluster as client
import of_database
from answers import codes, condition, thing
from finding import Unseen

NAME = "/apis/postgresql.cnpg.io/v1/namespaces/justdb-cloud/clusters/justdb-db"
STORE = "/apis/barmancloud.cnpg.io/v1/namespaces/justdb-cloud/objectstores/justdb-archive"
EXPECTED = {
    "namespace": "justdb-cloud",
    "database": {"cluster": "justdb-db", "name": "justdb"},
    "archive": {"store": "justdb-archive", "maxAgeHours": 26},
}


def hours_ago(hours):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - hours * 3600))


def database(ready=3, hours=100, **status):
    status = {"readyInstances": ready, "phase": "Waiting", "currentPrimary": "justdb-db-1", **status}
    return thing("justdb-db", {"instances": 3}, status, creationTimestamp=hours_ago(hours))


def every(expected):
    checks = (of_database.instances, of_database.archive, of_database.base_backup)
    return codes(one for check in checks for one in check(expected))


def test_nothing_is_told_of_a_database_that_is_not_there_yet_or_not_ours(cluster):
    assert every(EXPECTED) == []
    assert every({**EXPECTED, "database": None, "archive": None}) == []


def test_instances_that_are_not_ready(cluster):
    cluster.answers[NAME] = database(ready=2)
    [found] = of_database.instances(EXPECTED)
    assert (found.code, found.seen) == ("JD801", "2 of 3 instances are ready: Waiting")
    cluster.answers[NAME] = database()
    assert codes(of_database.instances(EXPECTED)) == []


def test_an_archive_that_does_not_work(cluster):
    cluster.answers[NAME] = database(**condition("ContinuousArchiving", "False", "access denied"))
    [found] = of_database.archive(EXPECTED)
    assert (found.code, found.seen) == ("JD802", "access denied")
    cluster.answers[NAME] = database(**condition("ContinuousArchiving", "True"))
    assert codes(of_database.archive(EXPECTED)) == []


@pytest.mark.parametrize(
    ("newest", "made", "found"), [(1, 100, []), (30, 100, ["JD804"]), (0, 1, []), (0, 30, ["JD804"])]
)
def test_the_newest_base_backup(cluster, newest, made, found):
    cluster.answers[NAME] = database(hours=made)
    windows = {"justdb-db": {"lastSuccessfulBackupTime": hours_ago(newest)}} if newest else {}
    cluster.answers[STORE] = thing("justdb-archive", status={"serverRecoveryWindow": windows})
    assert codes(of_database.base_backup(EXPECTED)) == found


def test_a_library_that_sorts_otherwise(cluster, monkeypatch):
    cluster.answers[NAME] = database()
    ran = []
    monkeypatch.setattr(
        client, "run", lambda *given: ran.append(given) or "database justdb (made with 2.36, is 2.41)\n"
    )
    [found] = of_database.collation(EXPECTED)
    assert (found.code, found.seen) == ("JD803", "database justdb (made with 2.36, is 2.41)")
    assert ran[0][:3] == ("justdb-cloud", "justdb-db-1", "postgres")
    monkeypatch.setattr(client, "run", lambda *given: "\n")
    assert codes(of_database.collation(EXPECTED)) == []


def test_which_a_pod_of_the_doctor_cannot_tell(cluster):
    cluster.answers[NAME] = database()
    with pytest.raises(Unseen, match="make doctor runs"):
        list(of_database.collation(EXPECTED))
