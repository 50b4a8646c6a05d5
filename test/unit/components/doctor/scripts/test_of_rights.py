import pytest

import of_rights

DEPLOYMENTS = {"apiVersion": "apps/v1", "kind": "Deployment", "namespace": "justdb-cloud"}
NAMESPACES = {"apiVersion": "v1", "kind": "Namespace", "namespace": ""}


@pytest.fixture
def may(cluster):
    """Rights as (verb, resource), beside which everything is refused."""
    rights = set()

    def review(content):
        asked = content["spec"]["resourceAttributes"]
        return {"status": {"allowed": (asked["verb"], asked["resource"]) in rights}}

    cluster.answers[of_rights.REVIEWS] = review
    names = [{"name": "deployments/scale", "kind": "Scale"}, {"name": "deployments", "kind": "Deployment"}]
    cluster.answers["/apis/apps/v1"] = {"resources": names}
    cluster.answers["/api/v1"] = {"resources": [{"name": "namespaces", "kind": "Namespace"}]}
    return rights


def test_each_right_that_is_missing_is_named(may):
    may |= {(verb, "deployments") for verb in of_rights.VERBS if verb != "delete"} | {("*", "namespaces")}
    [found] = of_rights.rights({"kinds": [DEPLOYMENTS, NAMESPACES]})
    assert (found.code, found.seen) == ("JD401", "delete deployments.apps in justdb-cloud")


def test_an_administrator_is_asked_once(cluster, may):
    may.add(("*", "*"))
    assert list(of_rights.rights({"kinds": [DEPLOYMENTS] * 20})) == []
    assert len(cluster.created) == 1


def test_what_the_cluster_does_not_know_is_another_finding(may):
    unknown = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "namespace": "justdb-cloud"}
    assert list(of_rights.rights({"kinds": [unknown]})) == []
