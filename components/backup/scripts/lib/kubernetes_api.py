"""The Kubernetes API, as a pod asks it with the token of its ServiceAccount."""

import json
import os
import ssl
import urllib.error
import urllib.parse
import urllib.request

from failure import Failure

CREDENTIALS = "/var/run/secrets/kubernetes.io/serviceaccount"
TIMEOUT_SECONDS = 10


def server():
    """Its URL. The kubelet gives an address of IPv6 without brackets."""
    host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
    return f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}"


def get(path, **query):
    """The object or list at a path, such as /api/v1/namespaces/default/pods."""
    return _ask(f"{path}?{urllib.parse.urlencode(query)}" if query else path)


def create(path, content):
    """Makes an object in the list at a path."""
    return _ask(path, json.dumps(content).encode())


def _trust():
    """In the cluster's CA. Python 3.13 refuses by default one without all that RFC 5280 asks for, as is that of EKS."""
    trust = ssl.create_default_context(cafile=f"{CREDENTIALS}/ca.crt")
    trust.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return trust


def _ask(path, body=None):
    # It is renewed while the pod runs.
    with open(f"{CREDENTIALS}/token", encoding="utf-8") as file:
        headers = {"Authorization": f"Bearer {file.read().strip()}", "Content-Type": "application/json"}
    try:
        request = urllib.request.Request(f"{server()}{path}", data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS, context=_trust()) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise Failure(
            f"the Kubernetes API answers {error.code} to {path}: {error.read().decode(errors='replace')}"
        ) from error
    except OSError as error:
        raise Failure(f"the Kubernetes API cannot be reached: {error}") from error
