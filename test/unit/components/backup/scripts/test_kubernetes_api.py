import http.server
import io
import socketserver
import threading
from typing import ClassVar

import pytest

import kubernetes_api


@pytest.mark.parametrize(
    ("host", "url"), [("10.96.0.1", "https://10.96.0.1:443"), ("fd00:10:96::1", "https://[fd00:10:96::1]:443")]
)
def test_its_url_has_the_address_that_the_kubelet_gives(monkeypatch, host, url):
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", host)
    monkeypatch.setenv("KUBERNETES_SERVICE_PORT", "443")
    assert kubernetes_api.server() == url


@pytest.fixture
def api(monkeypatch, tmp_path):
    """What is asked, and a token to ask with. Each answer is an empty object."""
    asked = []

    class Answer(io.BytesIO):
        headers: ClassVar = {"Date": "now"}

    def answer(request, **_):
        asked.append((request.get_method(), request.full_url, request.data, request.get_header("Authorization")))
        return Answer(b"{}")

    (tmp_path / "token").write_text("secret\n")
    monkeypatch.setattr(kubernetes_api, "CREDENTIALS", str(tmp_path))
    monkeypatch.setattr(kubernetes_api, "server", lambda: "https://api")
    monkeypatch.setattr(kubernetes_api.ssl, "create_default_context", lambda **_: None)
    monkeypatch.setattr(kubernetes_api.urllib.request, "urlopen", answer)
    return asked


def test_asks_for_a_list_by_its_labels(api):
    kubernetes_api.get("/api/v1/pods", labelSelector="app=a")
    assert api == [("GET", "https://api/api/v1/pods?labelSelector=app%3Da", None, "Bearer secret")]


def test_makes_an_object(api):
    kubernetes_api.create("/api/v1/events", {"reason": "a"})
    assert api == [("POST", "https://api/api/v1/events", b'{"reason": "a"}', "Bearer secret")]


def test_gives_the_headers_too(api):
    assert kubernetes_api.ask("/version") == ({}, {"Date": "now"})


def test_outside_of_the_cluster_it_is_asked_by_a_socket(monkeypatch, tmp_path):
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append((self.path, self.headers["Host"], self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(201 if self.path == "/good" else 403)
            self.end_headers()
            self.wfile.write(b'{"a": 1}')

        def log_message(self, *_):
            pass

        def address_string(self):
            return "socket"

    with socketserver.UnixStreamServer(str(tmp_path / "api"), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("KUBERNETES_SOCKET", str(tmp_path / "api"))
        # Of no use to a socket.
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
        assert kubernetes_api.create("/good", {}) == {"a": 1}
        with pytest.raises(kubernetes_api.Refused, match="403 to /bad") as refused:
            kubernetes_api.create("/bad", {})
        assert refused.value.status == 403
        server.shutdown()
    # The one address that kubectl proxy takes unasked.
    assert asked[0] == ("/good", "localhost", b"{}")
    with pytest.raises(kubernetes_api.Failure, match="cannot be reached"):
        kubernetes_api.get("/good")
