"""How far Argo Rollouts is with what its Rollout asks for. Pure."""

from collections import namedtuple

HASH = "rollouts-pod-template-hash"

# done: the newest version serves all. moving: nobody is needed. person: somebody must say how it goes on.
# stuck: it may go on by itself, which is not believed for long. failed: it will not.
Progress = namedtuple("Progress", "state words")


def progress(rollout):
    spec, status = rollout["spec"], rollout.get("status", {})
    # A text, unlike that of a Deployment.
    if str(status.get("observedGeneration")) != str(rollout["metadata"]["generation"]):
        return Progress("moving", "Argo Rollouts has not taken notice of the change")
    if status.get("abort"):
        return Progress("failed", _why(status))
    reasons = [condition["reason"] for condition in status.get("pauseConditions") or []]
    if spec.get("paused") or any(not _ends_itself(reason, spec, status) for reason in reasons):
        return Progress("person", ", ".join(reasons) or "paused by hand")
    phase, words = status.get("phase"), status.get("message", "")
    if phase == "Degraded":
        return Progress("stuck", words)
    if phase == "Healthy" and _serves_all(spec, status):
        return Progress("done", "")
    return Progress("moving", words or "waiting for the next step")


def _why(status):
    """A controller tells more in the condition than in the message, or the other way round."""
    conditions = [one.get("message", "") for one in status.get("conditions", []) if one["type"] == "Progressing"]
    return max([status.get("message", ""), *conditions], key=len) or "it was aborted"


def _ends_itself(reason, spec, status):
    """Whether a pause is a step of the canary that has its time."""
    if reason != "CanaryPauseStep":
        return False
    steps = spec["strategy"].get("canary", {}).get("steps", [])
    index = status.get("currentStepIndex", 0)
    return index >= len(steps) or "duration" in steps[index].get("pause", {})


def _serves_all(spec, status):
    newest = status.get("currentPodHash")
    if "blueGreen" in spec["strategy"] and status.get("blueGreen", {}).get("activeSelector") != newest:
        return False
    return status.get("stableRS") == newest


def newest_hash(rollout):
    return rollout.get("status", {}).get("currentPodHash", "")


def verdicts(runs):
    """What the newest analysis of a version found to be wrong, in words."""
    bad = [run for run in runs if run.get("status", {}).get("phase") in ("Failed", "Error")]
    if not bad:
        return ""
    run = max(bad, key=lambda one: one["metadata"]["creationTimestamp"])
    asked = {metric["name"]: metric.get("successCondition", "") for metric in run["spec"]["metrics"]}
    return "; ".join(
        _verdict(result, asked.get(result["name"], ""))
        for result in run["status"].get("metricResults", [])
        if result.get("phase") in ("Failed", "Error")
    )


def _verdict(result, asked):
    bad = [one for one in result.get("measurements", []) if one.get("phase") in ("Failed", "Error")]
    last = bad[-1] if bad else {}
    if result["phase"] == "Error":
        return f"{result['name']} could not be measured: {last.get('message') or result.get('message', '')}"
    return f"{result['name']} was {last.get('value', 'unknown')}; asked for is {asked}"
