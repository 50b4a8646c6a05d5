"""How far CloudNativePG's operator is with what its Cluster asks for. Pure."""

from pod_status import waiting, waits

ANNOTATION = "justdb-cloud/database"
HEALTHY = "Cluster in healthy state"
MANAGER = "justdb-cloud"
# What the plugin for archives puts into each pod.
SIDECAR = "plugin-barman-cloud"
STUCK = ("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "CreateContainerConfigError")


def unfinished(cluster, pods, checksum):
    """What is still to come, in words; empty when all is done."""
    spec, status = cluster["spec"], cluster.get("status", {})
    left = [words for pod in pods if (words := _of_pod(pod, checksum, _sidecar(spec)))]
    if len(pods) != spec["instances"]:
        left.append(f"{len(pods)} of {spec['instances']} instances are there")
    if status.get("image") != spec.get("imageName"):
        left.append(f"the operator has not taken up image {spec.get('imageName')}")
    if status.get("phase") != HEALTHY:
        left.append(": ".join(filter(None, [status.get("phase", "no phase"), status.get("phaseReason", "")])))
    return "; ".join(left)


def _sidecar(spec):
    """Whether the pods have a sidecar; None where that is the plugin's affair: an archive is only read from."""
    if spec.get("plugins"):
        return True
    return None if any("plugin" in cluster for cluster in spec.get("externalClusters", [])) else False


def _of_pod(pod, checksum, sidecar):
    name, status = pod["metadata"]["name"], pod.get("status", {})
    if pod["metadata"].get("deletionTimestamp"):
        return f"{name} is ending"
    if words := waiting(pod):
        return words
    ready = [one["status"] for one in status.get("conditions", []) if one["type"] == "Ready"]
    if ready != ["True"]:
        return f"{name} is not ready"
    has = any(container["name"] == SIDECAR for container in pod.get("spec", {}).get("initContainers", []))
    if pod["metadata"].get("annotations", {}).get(ANNOTATION) != checksum or sidecar not in (None, has):
        return f"{name} is as it was before the change"
    return ""


def stuck(pods):
    """The names of pods that cannot start, and will not by themselves."""
    return [pod["metadata"]["name"] for pod in pods if any(wait.get("reason") in STUCK for wait in waits(pod))]


def is_newer(cluster, pods):
    """Whether all pods were made after the Cluster was changed for the last time: then there is nothing to come."""
    changes = [
        entry["time"]
        for entry in cluster["metadata"].get("managedFields", [])
        if entry["manager"] == MANAGER and "subresource" not in entry
    ]
    return bool(changes) and all(pod["metadata"]["creationTimestamp"] > max(changes) for pod in pods)
