"""
Passes when CloudNativePG's operator has done what the Cluster asks for. It has taken notice of the newest change when
the pods have its checksum, which the operator copies to them; a restart that it is about comes a moment later.
"""

import time

import environment
import kubernetes_api
import rollout
from failure import Doubt, Failure, main, say

INTERVAL_SECONDS = 2
# So long the operator has nothing more to do, before it is believed: to its first restart 9 s were seen.
STEADY_SECONDS = 16
# So long a registry may be out of reach.
STUCK_SECONDS = 120


def settled():
    namespace, name = environment.needed("NAMESPACE"), environment.needed("CLUSTER")
    checksum = environment.needed("CHECKSUM")
    patience = int(environment.needed("PATIENCE_SECONDS", r"\d+"))
    began = time.monotonic()
    done_since = stuck_since = None
    said, advice = "", ""
    while (now := time.monotonic()) - began < patience:
        left, is_newer, stuck = look(namespace, name, checksum)
        if left != said:
            say(left or "nothing is left to do")
            said = left
        done_since = None if left else (done_since or now)
        if done_since is not None and (is_newer or now - done_since >= STEADY_SECONDS):
            return
        stuck_since = (stuck_since or now) if stuck else None
        if stuck_since is not None and now - stuck_since >= STUCK_SECONDS:
            # The operator leaves such a pod as it is, even when its Cluster has changed again.
            delete = f"kubectl -n {namespace} delete pod {' '.join(stuck)}"
            advice = f". Put the setting right, run pulumi up, and while it waits for the Cluster: {delete}"
            break
        time.sleep(INTERVAL_SECONDS)
    raise Doubt(f"PostgreSQL is not as it is asked for, after {now - began:.0f} s: {said}{advice}")


def look(namespace, name, checksum):
    """What is left to do, whether all pods are newer than what asks for it, and which cannot start."""
    try:
        cluster = kubernetes_api.get(f"/apis/postgresql.cnpg.io/v1/namespaces/{namespace}/clusters/{name}")
        labels = f"cnpg.io/cluster={name},cnpg.io/podRole=instance"
        pods = kubernetes_api.get(f"/api/v1/namespaces/{namespace}/pods", labelSelector=labels)["items"]
    except Failure as failure:
        # A new pod is let through a moment after its start.
        return str(failure), False, []
    return rollout.unfinished(cluster, pods, checksum), rollout.is_newer(cluster, pods), rollout.stuck(pods)


if __name__ == "__main__":
    main(settled)
