"""What checks look for in the cluster, by the Kubernetes API."""

import datetime
import json
import os
import subprocess

import kubernetes_api
from finding import Unseen

# Of a Secret this shows its name, labels and annotations, and no content.
METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
EXEC_SECONDS = 20


def look(path, accept="application/json", **query):
    """The object or list at a path; None where there is none."""
    try:
        if accept != "application/json":
            return kubernetes_api.ask(path, accept=accept)[0]
        return kubernetes_api.get(path, **query)
    except kubernetes_api.Refused as refused:
        if refused.status == 404:
            return None
        if refused.status == 403:
            raise Unseen(f"who asks may not read {path}") from refused
        raise


def items(path, **query):
    """What is in a list; nothing where there is no such list."""
    return (look(path, **query) or {}).get("items", [])


def named(path, name, **query):
    """One of a list, by its name."""
    return next((one for one in items(path, **query) if one["metadata"]["name"] == name), None)


def condition(thing, kind):
    """The state and the message of one of its conditions; nothing of one that it does not have."""
    for one in thing.get("status", {}).get("conditions", []):
        if one["type"] == kind:
            return one["status"], one.get("message", "")
    return "", ""


def is_ready(pod):
    return condition(pod, "Ready")[0] == "True" and "deletionTimestamp" not in pod["metadata"]


def seconds(time):
    """A time of the Kubernetes API, as seconds since 1970."""
    return datetime.datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()


def resources(version):
    """What an API of the cluster has: nothing where it has no such API. Whoever may log in may ask."""
    path = f"/apis/{version}" if "/" in version else f"/api/{version}"
    return (look(path) or {}).get("resources", [])


def plural_of(api):
    """By what name the paths of group/version/Kind have it; None where the cluster does not know it."""
    version, kind = api.rsplit("/", 1)
    # After a slash comes a part of an object.
    names = (one["name"] for one in resources(version) if one["kind"] == kind and "/" not in one["name"])
    return next(names, None)


def path_of(api, name, namespace):
    """Where an object is; None where the cluster does not know its API."""
    version, plural = api.rsplit("/", 1)[0], plural_of(api)
    if plural is None:
        return None
    root = f"/apis/{version}" if "/" in version else f"/api/{version}"
    return f"{root}/{f'namespaces/{namespace}/' if namespace else ''}{plural}/{name}"


def run(namespace, pod, container, command, text=""):
    """What a command in a pod writes. It changes nothing of the pod; only kubectl can start it."""
    if "KUBECTL" not in os.environ:
        raise Unseen("it takes a command in a pod, which make doctor runs, and a pod may not")
    kubectl = json.loads(os.environ["KUBECTL"])
    try:
        ran = subprocess.run(
            [*kubectl, "-n", namespace, "exec", "-i", pod, "-c", container, "--", *command],
            input=text,
            capture_output=True,
            text=True,
            timeout=EXEC_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        raise Unseen(f"a command in pod {pod} has not ended after {EXEC_SECONDS} s") from expired
    if ran.returncode != 0:
        raise Unseen(f"no command can be run in pod {pod}: {ran.stderr.strip()[-300:]}")
    return ran.stdout
