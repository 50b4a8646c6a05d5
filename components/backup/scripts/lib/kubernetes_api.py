"""
The Kubernetes API, as a pod asks it with the token of its ServiceAccount; or, outside of the cluster, by a socket at
which `kubectl proxy` listens, with the rights of who started that.
"""

import http.client
import json
import os
import socket
import ssl
import urllib.error
import urllib.parse
import urllib.request

from failure import Failure

CREDENTIALS = "/var/run/secrets/kubernetes.io/serviceaccount"
SOCKET = "KUBERNETES_SOCKET"
TIMEOUT_SECONDS = 10


class Refused(Failure):
    """It has answered, and not with what was asked for."""

    def __init__(self, status, path, said):
        super().__init__(f"the Kubernetes API answers {status} to {path}: {said}")
        self.status = status


def server():
    """Its URL. The kubelet gives an address of IPv6 without brackets."""
    host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
    return f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}"


def get(path, **query):
    """The object or list at a path, such as /api/v1/namespaces/default/pods."""
    return ask(f"{path}?{urllib.parse.urlencode(query)}" if query else path)[0]


def create(path, content):
    """Makes an object in the list at a path."""
    return ask(path, content)[0]


def ask(path, content=None, accept="application/json"):
    """What it answers, and the headers of that."""
    body = None if content is None else json.dumps(content).encode()
    headers = {"Content-Type": "application/json", "Accept": accept}
    try:
        with _send(path, body, headers) as answer:
            return json.load(answer), answer.headers
    except urllib.error.HTTPError as error:
        raise Refused(error.code, path, error.read().decode(errors="replace")) from error
    except (OSError, http.client.HTTPException) as error:
        raise Failure(f"the Kubernetes API cannot be reached: {error}") from error


def _send(path, body, headers):
    if SOCKET in os.environ:
        request = urllib.request.Request(f"http://localhost{path}", data=body, headers=headers)
        return urllib.request.build_opener(urllib.request.ProxyHandler({}), _BySocket).open(
            request, None, TIMEOUT_SECONDS
        )
    # It is renewed while the pod runs.
    with open(f"{CREDENTIALS}/token", encoding="utf-8") as file:
        headers["Authorization"] = f"Bearer {file.read().strip()}"
    request = urllib.request.Request(f"{server()}{path}", data=body, headers=headers)
    return urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS, context=_trust())


def _trust():
    """In the cluster's CA. Python 3.13 refuses by default one without all that RFC 5280 asks for, as is that of EKS."""
    trust = ssl.create_default_context(cafile=f"{CREDENTIALS}/ca.crt")
    trust.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return trust


class _SocketConnection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(os.environ[SOCKET])


class _BySocket(urllib.request.HTTPHandler):
    def http_open(self, request):
        return self.do_open(_SocketConnection, request)
