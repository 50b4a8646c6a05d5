"""What whoever runs the update may do in the cluster: asked of the Kubernetes API itself, right by right."""

from concurrent.futures import ThreadPoolExecutor

import cluster
import kubernetes_api
from finding import Finding

# By these Pulumi's provider makes an object, waits for it, changes it and takes it away.
VERBS = ["get", "list", "watch", "create", "patch", "delete"]
REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"


def _may(**attributes):
    review = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": attributes},
    }
    return kubernetes_api.create(REVIEWS, review)["status"]["allowed"]


def rights(expected):
    wanted = expected.get("kinds")
    # An administrator is let through by one question.
    if not wanted or _may(group="*", resource="*", verb="*"):
        return
    with ThreadPoolExecutor(8) as pool:
        lacking = [text for text in pool.map(_lacking, wanted) if text]
    if lacking:
        yield Finding("JD401", "; ".join(lacking))


def _lacking(kind):
    version = kind["apiVersion"]
    plural = cluster.plural_of(f"{version}/{kind['kind']}")
    # What the cluster does not know yet is a finding of its own.
    if plural is None:
        return ""
    group = version.split("/")[0] if "/" in version else ""
    place = {"namespace": kind["namespace"]} if kind["namespace"] else {}
    attributes = {"group": group, "resource": plural, **place}
    if _may(verb="*", **attributes):
        return ""
    verbs = [verb for verb in VERBS if not _may(verb=verb, **attributes)]
    name = f"{plural}.{group}" if group else plural
    where = f" in {kind['namespace']}" if kind["namespace"] else ""
    return f"{', '.join(verbs)} {name}{where}" if verbs else ""
