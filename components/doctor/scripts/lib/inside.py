"""What is told from inside of the namespace alone: in the pod of the doctor, or by exec in that of the exporter."""

import json
import socket
import sys
import time
import urllib.request

SECONDS = 3
SETTLED_SECONDS = 8


def connects(host, port):
    """Whether a connection can be made. Some network plugins drop what no policy allows, others refuse it."""
    try:
        socket.create_connection((host, port), SECONDS).close()
    except OSError:
        return False
    return True


def metrics(url):
    """What an exporter tells; nothing where it tells nothing."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=SECONDS) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def is_open(host, port):
    """The policies of a pod that has just started come into force a moment later, with some network plugins."""
    if connects(host, port):
        time.sleep(SETTLED_SECONDS)
        return connects(host, port)
    return False


def told(url, host, port):
    return {"metrics": metrics(url), "connects": is_open(host, int(port)) if host else None}


if __name__ == "__main__":
    print(json.dumps(told(*sys.argv[1:])))
