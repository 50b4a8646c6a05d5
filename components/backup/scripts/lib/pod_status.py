"""What is known of pods by what Kubernetes says of them. Pure."""


def waits(pod):
    """Why containers have not started."""
    status = pod.get("status", {})
    containers = [*status.get("initContainerStatuses", []), *status.get("containerStatuses", [])]
    return [container["state"]["waiting"] for container in containers if "waiting" in container.get("state", {})]


def waiting(pod):
    """The same, in words; empty where none waits."""
    reasons = [": ".join(filter(None, [wait.get("reason"), wait.get("message")])) for wait in waits(pod)]
    return f"{pod['metadata']['name']} waits: {', '.join(reasons)}" if reasons else ""
