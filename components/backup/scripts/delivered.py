"""
Passes when Argo Rollouts has brought the newest version of the app to all requests. Fails when it took the version
back, with what was wrong with it; and when it waits for a person for too long, whom it tells what to do.
"""

import datetime
import time

import delivery
import environment
import kubernetes_api
import pod_status
from failure import Doubt, Failure, main, say

INTERVAL_SECONDS = 2
# So long what looks like an end may be what is left of the version before.
STEADY_SECONDS = {"failed": 6, "stuck": 60}


def delivered():
    namespace, name = environment.needed("NAMESPACE"), environment.needed("ROLLOUT")
    left = {
        "person": int(environment.needed("PROMOTION_SECONDS", r"\d+")),
        "moving": int(environment.needed("PATIENCE_SECONDS", r"\d+")),
    }
    since, before = time.monotonic(), None
    while True:
        rollout, (state, words) = look(namespace, name)
        now = time.monotonic()
        if (state, words) != before:
            tell(namespace, name, state, words)
        if before is None or state != before[0]:
            since = now
        before = (state, words)
        if state == "done":
            return
        if now - since >= STEADY_SECONDS.get(state, float("inf")):
            raise Doubt(f"{words}{causes(namespace, rollout)}. {advice(namespace, name, state)}")
        waits = "person" if state == "person" else "moving"
        left[waits] -= INTERVAL_SECONDS
        if left[waits] < 0:
            raise Doubt(f"time is up: {words}{causes(namespace, rollout)}. {advice(namespace, name, state)}")
        time.sleep(INTERVAL_SECONDS)


def look(namespace, name):
    try:
        rollout = kubernetes_api.get(f"/apis/argoproj.io/v1alpha1/namespaces/{namespace}/rollouts/{name}")
    except Failure as failure:
        # A new pod is let through a moment after its start.
        return None, delivery.Progress("moving", str(failure))
    return rollout, delivery.progress(rollout)


def causes(namespace, rollout):
    """What the analysis found, and which pods of the newest version have not started."""
    if rollout is None:
        return ""
    selector = f"{delivery.HASH}={delivery.newest_hash(rollout)}"
    try:
        runs = listed(f"/apis/argoproj.io/v1alpha1/namespaces/{namespace}/analysisruns", selector)
        pods = listed(f"/api/v1/namespaces/{namespace}/pods", selector)
    except Failure as failure:
        # What is known already is told in any case.
        return f"; {failure}"
    found = [delivery.verdicts(runs), *(pod_status.waiting(pod) for pod in pods)]
    return "".join(f"; {words}" for words in found if words)


def listed(path, selector):
    return kubernetes_api.get(path, labelSelector=selector)["items"]


def advice(namespace, name, state):
    argo, plain = f"kubectl argo rollouts -n {namespace}", f"kubectl -n {namespace} patch rollout {name} --type merge"
    if state == "person":
        return (
            f"To go on: {argo} promote {name}, or {plain} --subresource status "
            """-p '{"status":{"pauseConditions":null}}'. """
            f"To take it back: {argo} abort {name}, and set appImage back"
        )
    if state == "failed":
        return (
            "The version before serves all. Set what was changed back and run pulumi up; or, to try the same again: "
            f"{argo} retry rollout {name}, then pulumi up"
        )
    return f"See kubectl -n {namespace} describe rollout {name}"


def tell(namespace, name, state, words):
    """In the log; and what somebody must do as an Event of the Job, which an update shows while it waits."""
    say(words or "the newest version serves all")
    if state != "person":
        return
    text = f"it waits for somebody: {words}. {advice(namespace, name, state)}"
    say(text)
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    job = {"name": environment.needed("JOB"), "uid": environment.needed("JOB_UID")}
    event = {
        "metadata": {"generateName": f"{job['name']}."},
        "involvedObject": {"apiVersion": "batch/v1", "kind": "Job", "namespace": namespace, **job},
        "type": "Warning",
        "reason": "WaitsForSomebody",
        "message": text,
        "source": {"component": "justdb-delivered"},
        "firstTimestamp": now,
        "lastTimestamp": now,
        "count": 1,
    }
    try:
        kubernetes_api.create(f"/api/v1/namespaces/{namespace}/events", event)
    except Failure as failure:
        say(str(failure))


if __name__ == "__main__":
    main(delivered)
