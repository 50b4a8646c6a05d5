import io

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

    def answer(request, **_):
        asked.append((request.get_method(), request.full_url, request.data, request.get_header("Authorization")))
        return io.BytesIO(b"{}")

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
