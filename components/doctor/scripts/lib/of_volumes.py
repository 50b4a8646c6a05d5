"""StorageClasses of the volumes that the stack claims."""

import cluster
from finding import Finding

DEFAULT = "storageclass.kubernetes.io/is-default-class"


def classes(expected):
    if not expected["storageClasses"]:
        return
    found = {one["metadata"]["name"]: one for one in cluster.items("/apis/storage.k8s.io/v1/storageclasses")}
    defaults = [name for name, one in found.items() if one["metadata"].get("annotations", {}).get(DEFAULT) == "true"]
    used = set()
    for setting, name in expected["storageClasses"].items():
        if name == "" and not defaults:
            yield Finding("JD301", f"{setting} is empty, and none of {_listed(found)} is the default")
        elif name != "" and name not in found:
            yield Finding("JD302", f"{setting} is {name}; the cluster has {_listed(found)}")
        else:
            # Of several defaults the newest counts.
            used.add(name or max(defaults, key=lambda one: found[one]["metadata"]["creationTimestamp"]))
    for name in sorted(used):
        if not found[name].get("allowVolumeExpansion"):
            yield Finding("JD303", f"StorageClass {name} does not allow its volumes to grow")


def _listed(names):
    return ", ".join(sorted(names)) or "none"
