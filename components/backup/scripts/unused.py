"""
Passes when nothing runs with a former credential any more: no pod of the namespace refers to a Secret that is not the
current one, or to its key where several share one (NAME/KEY), and the base backups that had begun with one have ended.
"""

import re
import time

import environment
import kubernetes_api
from failure import Doubt, Failure, main, say

INTERVAL_SECONDS = 3
# So long nothing may refer to one: the sidecar of an instance remembers a Secret that it has read for 10 s.
STEADY_SECONDS = 15
ENDED = ("Succeeded", "Failed")
RUNNING_BACKUP = ("started", "running", "finalizing")


def unused():
    namespace = environment.needed("NAMESPACE")
    is_former = former(environment.needed("SECRETS").split(), environment.optional("CURRENT").split())
    patience = int(environment.needed("PATIENCE_SECONDS", r"\d+"))
    began = time.monotonic()
    backups = None if environment.optional("ARCHIVES") == "true" else set()
    said, free_since = None, None
    while (now := time.monotonic()) - began < patience:
        try:
            # Those that begin later have read the current one.
            backups = running_backups(namespace) if backups is None else backups
            left = look(namespace, is_former, backups)
        except Failure as failure:
            # A new pod is let through a moment after its start.
            left = str(failure)
        if left != said:
            say(left or "nothing uses a former credential")
            said = left
        free_since = None if left else (free_since or now)
        if free_since is not None and now - free_since >= STEADY_SECONDS:
            return
        time.sleep(INTERVAL_SECONDS)
    raise Doubt(f"a former credential is still used, after {patience} s: {said}")


def former(secrets, current):
    """Whether a name is that of a Secret of these, of any generation but the current."""
    pattern = re.compile(rf"(?:{'|'.join(map(re.escape, secrets))})(?:-\d+)?")
    return lambda name: name not in current and pattern.fullmatch(name) is not None


def look(namespace, is_former, backups):
    """What still uses one, in words."""
    pods = kubernetes_api.get(f"/api/v1/namespaces/{namespace}/pods")["items"]
    running = sorted(backups & running_backups(namespace)) if backups else []
    using = sorted(
        pod["metadata"]["name"]
        for pod in pods
        if pod.get("status", {}).get("phase") not in ENDED and any(map(is_former, secrets_of(pod["spec"])))
    )
    return ", ".join([f"pod {name}" for name in using] + [f"base backup {name}" for name in running])


def secrets_of(value):
    """The names of all Secrets that a pod refers to."""
    if isinstance(value, list):
        for one in value:
            yield from secrets_of(one)
    if isinstance(value, dict):
        for key, one in value.items():
            if key in ("secretKeyRef", "secretRef"):
                yield one["name"]
                yield f"{one['name']}/{one.get('key', '')}"
            elif key == "secret":
                # A volume's, and a source of a projected one.
                yield one.get("secretName") or one["name"]
            else:
                yield from secrets_of(one)


def running_backups(namespace):
    found = kubernetes_api.get(f"/apis/postgresql.cnpg.io/v1/namespaces/{namespace}/backups")["items"]
    return {one["metadata"]["name"] for one in found if one.get("status", {}).get("phase") in RUNNING_BACKUP}


if __name__ == "__main__":
    main(unused)
