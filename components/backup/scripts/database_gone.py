"""
Passes when the database's Service is gone, or was never there. An archive is recovered in the place of a database only:
while one stands there, the operator takes no notice of what it was to be recovered from.
"""

import socket
import time

import environment
from failure import Doubt, Failure, main, say

# A new pod is let through to the DNS a moment after its start; and a name that is gone is remembered for half a minute,
# by the cluster's DNS and once more on the node.
PATIENCE_SECONDS = 70


def database_gone():
    service, namespace = environment.needed("DATABASE_SERVICE"), environment.needed("NAMESPACE")
    zone = services_zone(namespace)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        there = exists(f"{service}.{namespace}.{zone}")
        # Whoever knows not even this Service, which is in every cluster, tells nothing of the other.
        if there is False and exists(f"kubernetes.default.{zone}"):
            say(f"there is no Service {service}, so there is no database that this recovery would not touch")
            return
        if time.monotonic() >= deadline:
            break
        time.sleep(2)
    if there:
        raise Doubt(
            "nothing was recovered, and the database was not changed: it is still there, and restoreFrom recovers an "
            "archive only in the place of a database that is gone. To go on with what is there: pulumi config rm "
            "restoreFrom, and pulumi up. To recover the archive: delete the database first, as "
            "docs/runbooks/point-in-time-recovery.md says"
        )
    raise Failure(
        f"the cluster's DNS does not tell whether there is a Service {service}: nothing was recovered or changed"
    )


def services_zone(namespace):
    """
    The end of every Service's name, as the pod's own search list has it. A whole name is asked of the cluster's DNS and
    of no other.
    """
    with open("/etc/resolv.conf", encoding="utf-8") as file:
        searched = [word for line in file if line.startswith("search") for word in line.split()[1:]]
    for domain in searched:
        if domain.startswith(f"{namespace}.svc."):
            return domain.removeprefix(f"{namespace}.")
    raise Doubt(f"/etc/resolv.conf has no search domain of namespace {namespace}: {' '.join(searched) or 'nothing'}")


def exists(name):
    """None where that is not known: only the answer that there is no such name says that there is none."""
    try:
        socket.getaddrinfo(f"{name}.", None)
    except socket.gaierror as error:
        return False if error.errno == socket.EAI_NONAME else None
    return True


if __name__ == "__main__":
    main(database_gone)
