import time

import pytest

import of_cluster
from answers import codes, condition, thing
from finding import Unseen

NODES = "/api/v1/nodes"
READY = condition("Ready", "True")


@pytest.mark.parametrize(("version", "found"), [("v1.27.0", []), ("v1.34.1-eks-1", []), ("v1.26.15", ["JD102"])])
def test_a_version_that_is_too_old(cluster, version, found):
    cluster.answers["/version"] = {"gitVersion": version}
    assert codes(of_cluster.version({"leastKubernetes": "1.27"})) == found


def test_no_node_that_takes_pods(cluster):
    cluster.lists(NODES, thing("a", {"unschedulable": True}, READY), thing("b", status=condition("Ready", "False")))
    [found] = of_cluster.nodes({})
    assert (found.code, found.seen) == ("JD103", "nodes: a (cordoned), b (not Ready)")
    cluster.lists(NODES, thing("a", status=READY))
    assert codes(of_cluster.nodes({})) == []


@pytest.mark.parametrize(("ahead", "found"), [(0, []), (30, []), (-300, ["JD104"]), (300, ["JD104"])])
def test_the_clock_of_this_machine(cluster, ahead, found):
    cluster.clock = time.time() + ahead
    assert codes(of_cluster.own_clock({})) == found


@pytest.mark.parametrize(("ahead", "found"), [(-10, []), (20, []), (120, ["JD104"]), (-120, ["JD104"])])
def test_the_clock_of_a_node_by_the_lease_that_it_renews(cluster, ahead, found):
    renewed = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(time.time() + ahead))
    cluster.lists(NODES, thing("a", status=READY))
    cluster.answers["/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/a"] = thing(
        "a", {"renewTime": renewed}
    )
    assert codes(of_cluster.node_clocks({})) == found


def test_a_metrics_server_that_is_missing_or_does_not_answer(cluster):
    assert codes(of_cluster.metrics_server({"scales": True})) == ["JD105"]
    path = "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io"
    cluster.answers[path] = thing("v1beta1", status=condition("Available", "False", "no endpoints"))
    [found] = of_cluster.metrics_server({"scales": True})
    assert "no endpoints" in found.seen
    cluster.answers[path] = thing("v1beta1", status=condition("Available", "True"))
    assert codes(of_cluster.metrics_server({"scales": True})) == []


def test_none_is_needed_where_nothing_scales(cluster):
    assert codes(of_cluster.metrics_server({"scales": False})) == []


PODS = "/api/v1/namespaces/kube-system/pods"


def test_dns_that_no_pod_answers(cluster):
    assert codes(of_cluster.dns({"dnsCidrs": []})) == ["JD106"]
    assert codes(of_cluster.dns({"dnsCidrs": ["172.20.0.10/32"]})) == []
    cluster.lists(PODS, thing("coredns"))
    assert codes(of_cluster.dns({"dnsCidrs": []})) == []


def test_dns_of_pods_that_have_the_address_of_their_node(cluster):
    cluster.lists(PODS, thing("coredns", {"hostNetwork": True}, {"hostIP": "10.0.0.7"}))
    [found] = of_cluster.dns({"dnsCidrs": ["10.0.1.0/24"]})
    assert "10.0.0.7" in found.seen
    assert codes(of_cluster.dns({"dnsCidrs": ["10.0.0.0/24"]})) == []


def test_a_dns_cache_on_the_nodes(cluster):
    caches = {"template": {"spec": {"containers": [{"args": ["-localip", "169.254.20.10,10.96.0.10"]}]}}}
    cluster.lists("/apis/apps/v1/namespaces/kube-system/daemonsets", thing("node-local-dns", caches))
    [found] = of_cluster.dns_cache({"dnsCidrs": ["169.254.20.10/32"]})
    assert (found.code, "10.96.0.10," in found.seen, "169.254.20.10" in found.seen) == ("JD107", True, False)
    assert codes(of_cluster.dns_cache({"dnsCidrs": ["169.254.20.10/32", "10.96.0.10/32"]})) == []


def test_a_kubernetes_api_at_another_port_or_address(cluster):
    cluster.lists(
        "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
        {"ports": [{"port": 16443}], "endpoints": [{"addresses": ["10.0.0.1"]}]},
    )
    found = list(of_cluster.api_address({"kubernetesApi": {"ports": [443, 6443], "cidrs": ["10.0.1.0/24"]}}))
    assert codes(found) == ["JD108", "JD108"]
    assert "16443" in found[0].seen
    assert codes(of_cluster.api_address({"kubernetesApi": {"ports": [16443], "cidrs": []}})) == []


def test_ingress_nginx_that_ingresses_lead_to(cluster):
    cluster.lists(
        "/apis/networking.k8s.io/v1/ingressclasses",
        thing("nginx", {"controller": "k8s.io/ingress-nginx"}),
        thing("traefik", {"controller": "traefik.io/ingress-controller"}),
    )
    ingresses = "/apis/networking.k8s.io/v1/ingresses"
    cluster.lists(ingresses, thing("a", {"ingressClassName": "traefik"}, namespace="one"))
    assert codes(of_cluster.ingress_nginx({})) == []
    cluster.lists(ingresses, *(thing(f"b{n}", {"ingressClassName": "nginx"}, namespace="two") for n in range(5)))
    [found] = of_cluster.ingress_nginx({})
    assert (found.code, "two/b0" in found.seen, "2 more" in found.seen) == ("JD110", True, True)


def test_what_may_not_be_read_is_no_finding(cluster):
    cluster.forbidden.add(NODES)
    with pytest.raises(Unseen, match="may not read"):
        list(of_cluster.nodes({}))
