import pytest

import of_namespace
from answers import codes, thing

NAME = "/api/v1/namespaces/justdb-cloud"
RESTRICTED = {of_namespace.ENFORCED: "restricted"}
OWNER = "justdb-cloud/prod/justdb-namespace"


def expected(create=True, **more):
    known = {"namespace": "justdb-cloud", "createNamespace": create, "owner": OWNER, "limits": "justdb-limits"}
    return {**known, "quota": {"pods": 20}, "secrets": [], **more}


def owned(owner, **labels):
    return thing("justdb-cloud", annotations={of_namespace.OWNER: owner}, labels=labels)


def test_a_namespace_that_must_be_there(cluster):
    assert codes(of_namespace.namespace(expected(create=False))) == ["JD701"]
    assert codes(of_namespace.namespace(expected())) == []


def test_one_without_the_labels_of_pod_security(cluster):
    cluster.answers[NAME] = thing("justdb-cloud", labels={of_namespace.ENFORCED: "baseline"})
    [found] = of_namespace.namespace(expected(create=False))
    assert (found.code, "baseline" in found.seen) == ("JD702", True)
    # Made by somebody for the first update, which labels it.
    assert codes(of_namespace.namespace(expected())) == []
    cluster.answers[NAME] = owned(OWNER)
    assert codes(of_namespace.namespace(expected())) == ["JD702"]
    cluster.answers[NAME] = owned(OWNER, **RESTRICTED)
    assert codes(of_namespace.namespace(expected())) == []


def test_one_of_another_stack(cluster):
    cluster.answers[NAME] = owned("justdb-cloud/staging/justdb-namespace", **RESTRICTED)
    assert codes(of_namespace.namespace(expected())) == ["JD704"]
    # Where the stack makes no namespace, its LimitRange tells whose it is.
    assert codes(of_namespace.namespace(expected(create=False))) == []
    cluster.answers[f"{NAME}/limitranges/justdb-limits"] = owned("justdb-cloud/staging/justdb-namespace")
    assert codes(of_namespace.namespace(expected(create=False))) == ["JD704"]


@pytest.mark.parametrize(
    ("hard", "used", "found"),
    [
        ({"pods": "140"}, {"pods": "8"}, []),
        ({"pods": "10"}, {"pods": "8"}, ["JD703"]),
        ({"requests.memory": "4Gi"}, {"requests.memory": "2Gi"}, []),
        ({"requests.memory": "4Gi"}, {"requests.memory": "4096Mi"}, ["JD703"]),
        ({"limits.cpu": "2"}, {"limits.cpu": "2100m"}, ["JD703"]),
    ],
)
def test_a_quota_that_leaves_too_little(cluster, hard, used, found):
    cluster.lists(f"{NAME}/resourcequotas", thing("team", {"hard": hard}, {"used": used}))
    assert codes(of_namespace.quotas(expected())) == found


def test_a_secret_that_a_setting_names(cluster):
    secrets = [{"setting": "postgresExistingSecret", "name": "database", "reload": True}]
    # Before the namespace is there, none can be.
    assert codes(of_namespace.secrets(expected(secrets=secrets))) == []
    cluster.answers[NAME] = thing("justdb-cloud")
    assert codes(of_namespace.secrets(expected(secrets=secrets))) == ["JD705"]
    cluster.answers[f"{NAME}/secrets/database"] = thing("database")
    assert codes(of_namespace.secrets(expected(secrets=secrets))) == ["JD706"]
    cluster.answers[f"{NAME}/secrets/database"] = thing("database", labels={"cnpg.io/reload": "true"})
    assert codes(of_namespace.secrets(expected(secrets=secrets))) == []


def test_no_content_of_a_secret_is_asked_for(cluster):
    cluster.answers[NAME] = thing("justdb-cloud")
    secrets = [{"setting": "jwtExistingSecret", "name": "jwt", "reload": False}]
    list(of_namespace.secrets(expected(secrets=secrets)))
    [accept] = [accept for path, accept in cluster.accepted if "/secrets/" in path]
    assert "PartialObjectMetadata" in accept
    assert "application/json" not in [part.strip() for part in accept.split(",")]
