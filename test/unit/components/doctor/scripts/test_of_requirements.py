import of_requirements
from answers import codes, condition, thing

GATEWAYS = "gateway.networking.k8s.io/v1"


def api(cluster, version, **kinds):
    resources = [{"name": plural, "kind": kind} for kind, plural in kinds.items()]
    cluster.answers[f"/apis/{version}"] = {"resources": resources}


def test_an_api_that_is_not_installed(cluster):
    needed = {"api": "argoproj.io/v1alpha1/Rollout", "what": "Argo Rollouts is not installed", "fix": "install it"}
    [found] = of_requirements.apis({"requirements": [needed]})
    assert (found.code, found.fix) == ("JD201", "install it")
    api(cluster, "argoproj.io/v1alpha1", Rollout="rollouts")
    assert codes(of_requirements.apis({"requirements": [needed]})) == []


def gateway(listeners):
    wanted = {"name": "shared", "namespace": "gateways", "listeners": listeners}
    return {"requirements": [{"api": f"{GATEWAYS}/Gateway", "object": wanted, "what": "gatewayName", "fix": "set it"}]}


def test_an_object_or_a_listener_that_is_not_there(cluster):
    assert codes(of_requirements.objects(gateway(["https"]))) == ["JD202"]
    api(cluster, GATEWAYS, Gateway="gateways")
    assert codes(of_requirements.objects(gateway(["https"]))) == ["JD202"]
    there = thing("shared", {"listeners": [{"name": "http"}]}, condition("Programmed", "True"))
    cluster.answers[f"/apis/{GATEWAYS}/namespaces/gateways/gateways/shared"] = there
    [found] = of_requirements.objects(gateway(["http", "https"]))
    assert found.seen == "Gateway shared has no listener https"
    assert codes(of_requirements.objects(gateway(["http"]))) == []


def test_an_object_that_no_controller_takes(cluster):
    api(cluster, GATEWAYS, GatewayClass="gatewayclasses")
    wanted = {"name": "traefik", "namespace": "", "listeners": []}
    expected = {"requirements": [{"api": f"{GATEWAYS}/GatewayClass", "object": wanted, "what": "", "fix": ""}]}
    cluster.answers[f"/apis/{GATEWAYS}/gatewayclasses/traefik"] = thing("traefik")
    assert codes(of_requirements.objects(expected)) == ["JD205"]
    cluster.answers[f"/apis/{GATEWAYS}/gatewayclasses/traefik"] = thing("traefik", status=condition("Accepted", "True"))
    assert codes(of_requirements.objects(expected)) == []


OPERATOR = {
    "what": "CloudNativePG",
    "api": "postgresql.cnpg.io/v1/Cluster",
    "namespace": "cnpg-system",
    "selectors": ["a=b", "c=d"],
    "tried": "1.30",
}
PODS = "/api/v1/namespaces/cnpg-system/pods"


def operator(*images, ready="True"):
    return thing("operator", {"containers": [{"image": image} for image in images]}, condition("Ready", ready))


def test_an_operator_that_is_older_or_does_not_run(cluster):
    expected = {"operators": [OPERATOR]}
    assert codes(of_requirements.operators(expected)) == []
    api(cluster, "postgresql.cnpg.io/v1", Cluster="clusters")
    [found] = of_requirements.operators(expected)
    assert (found.code, "a=b or c=d" in found.seen) == ("JD204", True)
    cluster.lists(f"{PODS}?labelSelector=c=d", operator("registry.example.com:5000/cnpg:v1.28.2"))
    [found] = of_requirements.operators(expected)
    assert (found.code, "1.28.2" in found.seen) == ("JD203", True)
    cluster.lists(f"{PODS}?labelSelector=c=d", operator("cnpg:1.30.0", ready="False"))
    assert codes(of_requirements.operators(expected)) == ["JD204"]
    cluster.lists(f"{PODS}?labelSelector=c=d", operator("cnpg:1.31.0@sha256:abc"))
    assert codes(of_requirements.operators(expected)) == []


def test_the_version_is_the_operators_and_not_that_of_what_runs_beside_it(cluster):
    api(cluster, "postgresql.cnpg.io/v1", Cluster="clusters")
    cluster.lists(PODS, operator("cnpg:1.30.0", "kube-rbac-proxy:v0.19.1"))
    assert codes(of_requirements.operators({"operators": [OPERATOR]})) == []


def test_an_operator_whose_work_others_may_do_need_not_run(cluster):
    expected = {"operators": [{**OPERATOR, "replaceable": True}]}
    api(cluster, "postgresql.cnpg.io/v1", Cluster="clusters")
    assert codes(of_requirements.operators(expected)) == []
    cluster.lists(PODS, operator("cnpg:1.28.2"))
    assert codes(of_requirements.operators(expected)) == ["JD203"]


def test_any_version_will_do_of_one_that_names_none(cluster):
    api(cluster, "postgresql.cnpg.io/v1", Cluster="clusters")
    cluster.lists(PODS, operator("cnpg@sha256:abc"))
    assert codes(of_requirements.operators({"operators": [OPERATOR]})) == []


NAME = "httproutes.gateway.networking.k8s.io"
VERSION = "gateway.networking.k8s.io/bundle-version"
API = {"what": "the Gateway API", "definition": NAME, "annotation": VERSION, "tried": "1.5"}
PATH = f"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{NAME}"


def test_an_api_whose_definition_says_that_it_is_older(cluster):
    expected = {"versioned": [API]}
    # That it is not there is a finding of its own.
    assert codes(of_requirements.versioned(expected)) == []
    cluster.answers[PATH] = thing(NAME)
    assert codes(of_requirements.versioned(expected)) == []
    cluster.answers[PATH] = thing(NAME, annotations={VERSION: "v1.4.1"})
    [found] = of_requirements.versioned(expected)
    assert (found.code, found.seen) == ("JD203", "the Gateway API v1.4.1, and 1.5 was tried")
    cluster.answers[PATH] = thing(NAME, annotations={VERSION: "v1.5.0"})
    assert codes(of_requirements.versioned(expected)) == []
