"""
Backups, drills, the age of credentials, and whether NetworkPolicies are enforced: what is known from inside of the
namespace alone.
"""

import functools
import inspect
import json
import os
import re
import threading
import time

import cluster
import inside
from finding import Finding, Unseen

# So long the exporter may be without a reading; it reads every minute.
STALE_SECONDS = 600
TRIES, PAUSE_SECONDS = 6, 3
EKS, EKS_FLAG = "amazon-vpc-cni", "enable-network-policy-controller"
# The agents of plugins that enforce policies beside that of EKS, or in its place.
OTHERS = {"calico-node", "cilium", "antrea-agent", "kube-router"}


@functools.cache
def _looked(namespace, exporter, port, app, app_port):
    """What the exporter tells, and whether a pod reaches the app that no policy lets. None before the first update."""
    deployment = cluster.look(f"/apis/apps/v1/namespaces/{namespace}/deployments/{exporter}")
    if deployment is None:
        return None
    begun = {"begun": cluster.seconds(deployment["metadata"]["creationTimestamp"])}
    pods = f"/api/v1/namespaces/{namespace}/pods"
    target = next(filter(cluster.is_ready, cluster.items(pods, labelSelector=f"app={app}")), None)
    # It is Ready, so it listens.
    address = target["status"]["podIP"] if target else ""
    if "KUBECTL" not in os.environ:
        return {**begun, **_from_here(f"http://{exporter}:{port}/metrics", address, app_port)}
    witness = next(filter(cluster.is_ready, cluster.items(pods, labelSelector=f"app={exporter}")), None)
    if witness is None:
        return {**begun, "metrics": "", "connects": None}
    arguments = [f"http://localhost:{port}/metrics", address, str(app_port)]
    command = ["python3", "-", *arguments]
    answer = cluster.run(namespace, witness["metadata"]["name"], exporter, command, inspect.getsource(inside))
    return {**begun, **json.loads(answer)}


def _from_here(url, address, port):
    """The ways of a pod that has just started may open a moment later."""
    for left in reversed(range(TRIES)):
        told = inside.told(url, address, port)
        if told["metrics"] or left == 0:
            return told
        time.sleep(PAUSE_SECONDS)


# Two checks go by it, at once.
_LOCK = threading.Lock()


def _told(expected):
    exporter, app = expected["exporter"], expected["app"]
    with _LOCK:
        return _looked(expected["namespace"], exporter["name"], exporter["port"], app["name"], app["port"])


def policies(expected):
    told = _told(expected)
    if told is None or told["connects"] is None:
        if not _are_off():
            raise Unseen("no pod is there to connect from, or none to connect to")
        yield Finding(
            "JD109", f"ConfigMap kube-system/{EKS} does not say {EKS_FLAG}: true, and no other plugin is there"
        )
    elif told["connects"]:
        app, pod = expected["app"], expected["exporter"]["name"] if "KUBECTL" in os.environ else "the doctor"
        yield Finding("JD109", f"a pod of {pod} has connected to port {app['port']} of {app['name']}")


def _are_off():
    """Whether the network plugin of EKS is told to enforce no policy. Others tell nothing before a connection."""
    flags = cluster.look(f"/api/v1/namespaces/kube-system/configmaps/{EKS}")
    if flags is None or flags.get("data", {}).get(EKS_FLAG) == "true":
        return False
    return not any(one["metadata"]["name"] in OTHERS for one in cluster.items("/apis/apps/v1/daemonsets"))


def values(text):
    """Metrics without labels, by their names."""
    pairs = (line.split() for line in text.splitlines() if line and not line.startswith("#") and "{" not in line)
    return {pair[0]: float(pair[1]) for pair in pairs if len(pair) >= 2}


# Its one label is not named here: the policy pack would take it for a secret in a ConfigMap.
CREATED = re.compile(r'^justdb_credential_created_timestamp_seconds\{\w+="([^"]+)"\} (\S+)$', re.MULTILINE)


def backups(expected):
    told = _told(expected)
    if told is None:
        return
    found, now = values(told["metrics"]), time.time()
    read = found.get("justdb_backup_metrics_last_read_timestamp_seconds", 0)
    if now - read > STALE_SECONDS:
        since = f"has read nothing for {_age(now - read)}" if read else "has read nothing yet, or does not answer"
        yield Finding("JD904", f"{expected['exporter']['name']} {since}")
        return
    yield from _backup(found, now, told["begun"])
    yield from _drill(found, now, told["begun"])
    yield from _credentials(found, now, told["metrics"])
    damaged = found.get("justdb_backups_damaged", 0)
    if damaged:
        yield Finding("JD905", f"{damaged:.0f} manifests in the backups bucket cannot be trusted")


def _backup(found, now, begun):
    most = found.get("justdb_backup_max_age_seconds", 0)
    last = found.get("justdb_backup_last_success_timestamp_seconds", 0)
    # The next one counts when it is done, and may take as long as the last. The first is due as long after the stack.
    if most and now - (last or begun) > most + found.get("justdb_backup_last_duration_seconds", 0):
        since = f"the newest good backup is {_age(now - last)} old" if last else "there is no good backup"
        yield Finding("JD901", f"{since}, and backupMaxAgeHours is {most / 3600:.0f}")


def _drill(found, now, begun):
    most = found.get("justdb_drill_max_age_seconds", 0)
    last = found.get("justdb_drill_last_success_timestamp_seconds", 0)
    if found.get("justdb_drill_last_good") == 0:
        ended = found.get("justdb_drill_last_timestamp_seconds", 0)
        yield Finding("JD902", f"it ended {_age(now - ended)} ago" if ended else "its result cannot be trusted")
    if most and now - (last or begun) > most:
        since = f"the last good drill was {_age(now - last)} ago" if last else "there was no good drill"
        yield Finding("JD903", f"{since}, and drillMaxAgeDays is {most / 86400:.0f}")


def _credentials(found, now, text):
    most = found.get("justdb_credential_max_age_seconds", 0)
    for name, created in CREATED.findall(text):
        if most and now - float(created) > most:
            days = most / 86400
            yield Finding(
                "JD906", f"{name} is {_age(now - float(created))} old, and credentialMaxAgeDays is {days:.0f}"
            )


def _age(seconds):
    hours = seconds / 3600
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"
