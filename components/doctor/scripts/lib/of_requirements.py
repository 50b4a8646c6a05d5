"""What the settings ask for, and the stack does not install: APIs, objects of others, operators."""

import re

import cluster
from finding import Finding
from of_cluster import number

DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
UPGRADE_API = "Install its definitions of the version that is named, or a later one, that the controller knows too."
# The conditions by which a kind says that it can be used.
READY = {"GatewayClass": "Accepted", "Gateway": "Programmed", "ClusterIssuer": "Ready"}


def apis(expected):
    for one in expected["requirements"]:
        if "object" not in one and not cluster.plural_of(one["api"]):
            yield Finding("JD201", f"{one['what']}: the cluster has no API {one['api']}", one["fix"])


def objects(expected):
    for one in expected["requirements"]:
        if "object" not in one:
            continue
        wanted, kind = one["object"], one["api"].split("/")[-1]
        path = cluster.path_of(one["api"], wanted["name"], wanted["namespace"])
        found = cluster.look(path) if path else None
        name = f"{kind} {wanted['name']}"
        if found is None:
            yield Finding("JD202", f"{one['what']}: {name} is not there", one["fix"])
            continue
        listeners = [listener["name"] for listener in found.get("spec", {}).get("listeners", [])]
        missing = [listener for listener in wanted["listeners"] if listener not in listeners]
        if missing:
            yield Finding("JD202", f"{name} has no listener {', '.join(missing)}", one["fix"])
        state, message = cluster.condition(found, READY.get(kind, ""))
        if kind in READY and state != "True":
            yield Finding("JD205", f"{name} is not {READY[kind]}: {message or 'no condition says so'}")


def operators(expected):
    for one in expected["operators"]:
        # What is not installed is a finding of its own; and what this stack installs comes with the first update.
        if not cluster.plural_of(one["api"]):
            continue
        path = f"/api/v1/namespaces/{one['namespace']}/pods" if one["namespace"] else "/api/v1/pods"
        found = [pod for labels in one["selectors"] for pod in cluster.items(path, labelSelector=labels)]
        where = f" in namespace {one['namespace']}" if one["namespace"] else ""
        if not one.get("replaceable") and not any(cluster.is_ready(pod) for pod in found):
            labels = " or ".join(one["selectors"])
            yield Finding("JD204", f"{one['what']} has no pod that is ready{where}, by the label {labels}")
        versions = {version for pod in found for version in _version(pod)}
        older = sorted(version for version in versions if number(version) < number(one["tried"]))
        if older:
            yield Finding("JD203", f"{one['what']} {older[0]}{where}, and {one['tried']} was tried")


def _version(pod):
    """What the tag of its image says, if anything. What runs beside it in the pod has versions of its own."""
    tag = re.search(r":v?(\d+\.\d+[^:/@]*)(@.*)?$", pod["spec"]["containers"][0]["image"])
    return [tag[1]] if tag else []


def versioned(expected):
    for one in expected["versioned"]:
        definition = cluster.look(f"{DEFINITIONS}/{one['definition']}", accept=cluster.METADATA)
        version = ((definition or {}).get("metadata", {}).get("annotations") or {}).get(one["annotation"], "")
        if version and number(version) < number(one["tried"]):
            yield Finding("JD203", f"{one['what']} {version}, and {one['tried']} was tried", UPGRADE_API)
