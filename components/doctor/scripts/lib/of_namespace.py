"""The stack's namespace, and what others have put there."""

import re

import cluster
from finding import Finding

OWNER = "justdb-cloud/owner"
ENFORCED = "pod-security.kubernetes.io/enforce"
UNITS = {"": 1, "m": 1e-3, **{unit: 1000**at for at, unit in enumerate("kMGTPE", 1)}}
UNITS.update({f"{unit}i": 1024**at for at, unit in enumerate("KMGTPE", 1)})


def namespace(expected):
    name = expected["namespace"]
    found = cluster.look(f"/api/v1/namespaces/{name}")
    if found is None:
        if not expected["createNamespace"]:
            yield Finding("JD701", f"there is no namespace {name}, and createNamespace is false")
        return
    own = expected["createNamespace"]
    owned = found if own else cluster.look(f"/api/v1/namespaces/{name}/limitranges/{expected['limits']}") or {}
    owner = owned.get("metadata", {}).get("annotations", {}).get(OWNER, "")
    if owner not in ("", expected["owner"]):
        yield Finding("JD704", f"namespace {name} is of {owner}, and this stack is {expected['owner']}")
    level = found["metadata"].get("labels", {}).get(ENFORCED, "none")
    # One that somebody made for the first update gets its labels by that.
    if level != "restricted" and (owner or not own):
        yield Finding("JD702", f"namespace {name} has {ENFORCED} {level}")


def quotas(expected):
    name = expected["namespace"]
    for quota in cluster.items(f"/api/v1/namespaces/{name}/resourcequotas"):
        hard, used = quota["spec"].get("hard", {}), quota.get("status", {}).get("used", {})
        for what, most in hard.items():
            wanted = expected["quota"].get(what)
            text = f"ResourceQuota {quota['metadata']['name']} allows {most} of {what}"
            if wanted is not None and amount(most) < wanted:
                yield Finding("JD703", f"{text}, and the stack can have {wanted}")
            elif amount(used.get(what, "0")) >= amount(most) > 0:
                yield Finding("JD703", f"{text}, and {used[what]} is used")


def amount(quantity):
    """A quantity of Kubernetes, as a number."""
    digits, unit = re.fullmatch(r"([\d.]+)([A-Za-z]*)", quantity).groups()
    return float(digits) * UNITS[unit]


def secrets(expected):
    if not cluster.look(f"/api/v1/namespaces/{expected['namespace']}"):
        return
    for one in expected["secrets"]:
        path = f"/api/v1/namespaces/{expected['namespace']}/secrets/{one['name']}"
        # Its metadata alone: no content is read.
        found = cluster.look(path, accept=cluster.METADATA)
        if found is None:
            yield Finding(
                "JD705", f"{one['setting']} names Secret {one['name']}, which is not in {expected['namespace']}"
            )
        elif one["reload"] and found["metadata"].get("labels", {}).get("cnpg.io/reload") != "true":
            yield Finding("JD706", f"Secret {one['name']} has no label cnpg.io/reload=true")
