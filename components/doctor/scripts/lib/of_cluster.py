"""The cluster itself: its version, nodes, clocks, DNS and API, before anything of the stack is there."""

import email.utils
import ipaddress
import re
import time

import cluster
import kubernetes_api
from finding import Finding, Unseen

# AWS allows 15 minutes, tokens and leases far less.
CLOCK_SECONDS = 60
# A node renews its lease every 10 seconds; one that is late is not one whose clock is wrong.
LEASE_SECONDS = 40
INGRESS_NGINX = "k8s.io/ingress-nginx"


def number(version):
    """1.29 of v1.29.3-eks-1, as numbers."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def version(expected):
    given, least = cluster.look("/version")["gitVersion"], expected["leastKubernetes"]
    if number(given) < number(least):
        yield Finding("JD102", f"Kubernetes {given}, and {least} is needed")


def nodes(expected):
    found = cluster.items("/api/v1/nodes")
    if any(cluster.is_ready(node) and not node["spec"].get("unschedulable") for node in found):
        return
    states = [f"{node['metadata']['name']} ({_state(node)})" for node in found]
    yield Finding("JD103", f"nodes: {', '.join(states) or 'none'}")


def _state(node):
    return "cordoned" if node["spec"].get("unschedulable") else "not Ready"


def own_clock(expected):
    date = kubernetes_api.ask("/version")[1].get("Date")
    if date is None:
        raise Unseen("the Kubernetes API does not tell its time")
    yield from _differs("this machine's clock", time.time(), "the Kubernetes API's", _http_time(date))


def node_clocks(expected):
    now = _http_time(kubernetes_api.ask("/version")[1]["Date"])
    for node in cluster.items("/api/v1/nodes"):
        name = node["metadata"]["name"]
        lease = cluster.look(f"/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/{name}")
        if lease is None or not cluster.is_ready(node):
            continue
        renewed = cluster.seconds(lease["spec"]["renewTime"])
        if renewed < now - LEASE_SECONDS or renewed > now + CLOCK_SECONDS:
            yield from _differs(f"the clock of node {name}", renewed, "the Kubernetes API's", now)


def _http_time(date):
    return email.utils.parsedate_to_datetime(date).timestamp()


def _differs(whose, one, whose_other, other):
    if abs(one - other) > CLOCK_SECONDS:
        yield Finding(
            "JD104", f"{whose} is {abs(one - other):.0f} s {'ahead of' if one > other else 'behind'} {whose_other}"
        )


def metrics_server(expected):
    if not expected["scales"]:
        return
    service = cluster.look("/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io")
    if service is None:
        yield Finding("JD105", "no APIService v1beta1.metrics.k8s.io")
        return
    available, message = cluster.condition(service, "Available")
    if available != "True":
        yield Finding("JD105", f"APIService v1beta1.metrics.k8s.io is not available: {message}")


def dns(expected):
    pods = cluster.items("/api/v1/namespaces/kube-system/pods", labelSelector="k8s-app=kube-dns")
    # A policy that selects pods does not see those that share the address of their node.
    if any(not pod["spec"].get("hostNetwork") for pod in pods):
        return
    addresses = {pod["status"].get("hostIP", "") for pod in pods}
    closed = sorted(address for address in addresses if not _covered(address, expected["dnsCidrs"]))
    if closed:
        yield Finding("JD106", f"DNS answers on the nodes, at {', '.join(closed)}, which dnsCidrs does not name")
    elif not pods and not expected["dnsCidrs"]:
        yield Finding("JD106", "no pod has the label k8s-app=kube-dns in namespace kube-system, and dnsCidrs is empty")


def dns_cache(expected):
    found = cluster.items("/apis/apps/v1/namespaces/kube-system/daemonsets", labelSelector="k8s-app=node-local-dns")
    for caches in found:
        words = [word for one in caches["spec"]["template"]["spec"]["containers"] for word in one.get("args", [])]
        listed = next((words[at + 1] for at, word in enumerate(words[:-1]) if word == "-localip"), "169.254.20.10")
        closed = [address for address in listed.split(",") if not _covered(address, expected["dnsCidrs"])]
        if closed:
            name = caches["metadata"]["name"]
            yield Finding("JD107", f"DaemonSet {name} answers at {', '.join(closed)}, which dnsCidrs does not name")


def _covered(address, cidrs):
    try:
        return any(ipaddress.ip_address(address) in ipaddress.ip_network(cidr, strict=False) for cidr in cidrs)
    except ValueError:
        return False


def api_address(expected):
    label = "kubernetes.io/service-name=kubernetes"
    found = cluster.items("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", labelSelector=label)
    ports = {port["port"] for one in found for port in one.get("ports") or []}
    addresses = {address for one in found for end in one.get("endpoints") or [] for address in end["addresses"]}
    allowed = expected["kubernetesApi"]
    if not ports <= set(allowed["ports"]):
        yield Finding(
            "JD108", f"it answers at port {_listed(ports)}, and kubernetesApiPorts is {_listed(allowed['ports'])}"
        )
    closed = [address for address in addresses if allowed["cidrs"] and not _covered(address, allowed["cidrs"])]
    if closed:
        yield Finding(
            "JD108", f"it answers at {_listed(closed)}, and kubernetesApiCidrs is {_listed(allowed['cidrs'])}"
        )


def _listed(values):
    return ", ".join(str(value) for value in sorted(values))


def ingress_nginx(expected):
    classes = cluster.items("/apis/networking.k8s.io/v1/ingressclasses")
    retired = {one["metadata"]["name"] for one in classes if one["spec"].get("controller") == INGRESS_NGINX}
    used = [
        f"{one['metadata']['namespace']}/{one['metadata']['name']}"
        for one in cluster.items("/apis/networking.k8s.io/v1/ingresses")
        if one["spec"].get("ingressClassName") in retired
    ]
    if used:
        more = f" and {len(used) - 3} more" if len(used) > 3 else ""
        yield Finding("JD110", f"class {_listed(retired)} leads to it, for the Ingresses {', '.join(used[:3])}{more}")
