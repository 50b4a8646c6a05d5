import io
import json
import urllib.error

import pytest

import of_images
from answers import codes, thing
from finding import Unseen

INDEX = {"manifests": [{"platform": {"architecture": name}} for name in ("amd64", "arm64", "unknown")]}


def node(architecture, *images):
    held = [{"names": [image]} for image in images]
    return thing("node", status={"images": held}, labels={"kubernetes.io/arch": architecture})


@pytest.fixture
def registry(monkeypatch):
    """What registries answer by URL: content, or the code of a refusal."""
    answers, asked = {}, []

    def open_(request, timeout):
        url = request if isinstance(request, str) else request.full_url
        asked.append((url, None if isinstance(request, str) else request.get_header("Authorization")))
        answer = answers.get(url, 404)
        if callable(answer):
            answer = answer(request)
        if isinstance(answer, tuple):
            raise urllib.error.HTTPError(url, answer[0], "refused", {"WWW-Authenticate": answer[1]}, None)
        if isinstance(answer, int):
            raise urllib.error.HTTPError(url, answer, "refused", {}, None)
        return io.BytesIO(json.dumps(answer).encode())

    monkeypatch.setattr(of_images.urllib.request, "urlopen", open_)
    answers["asked"] = asked
    return answers


@pytest.mark.parametrize(
    ("image", "parts"),
    [
        ("redis:7", ("docker.io", "library/redis", "7")),
        ("justdb/cloud:1.0.0", ("docker.io", "justdb/cloud", "1.0.0")),
        ("ghcr.io/a/b/c@sha256:00", ("ghcr.io", "a/b/c", "sha256:00")),
        ("127.0.0.1:5000/a:1@sha256:00", ("127.0.0.1:5000", "a", "sha256:00")),
    ],
)
def test_the_parts_of_a_name(image, parts):
    assert of_images.parts(image) == parts


def test_what_a_node_holds_is_not_asked_for(cluster, registry):
    cluster.lists("/api/v1/nodes", node("amd64", "docker.io/justdb/cloud:1.0.0"))
    assert codes(of_images.images({"images": {"appImage": "justdb/cloud:1.0.0"}})) == []
    assert registry["asked"] == []


def test_an_image_that_is_not_in_its_registry(cluster, registry):
    cluster.lists("/api/v1/nodes", node("amd64"))
    [found] = of_images.images({"images": {"appImage": "registry.example.com/cloud:1"}})
    assert (found.code, "appImage" in found.seen) == ("JD601", True)
    assert registry["asked"] == [("https://registry.example.com/v2/cloud/manifests/1", None)]


def test_an_image_that_is_for_other_nodes(cluster, registry):
    cluster.lists("/api/v1/nodes", node("amd64", "registry.example.com/cloud:1"), node("riscv64"))
    registry["https://registry.example.com/v2/cloud/manifests/1"] = INDEX
    [found] = of_images.images({"images": {"appImage": "registry.example.com/cloud:1"}})
    assert (found.code, found.seen.endswith("built for amd64, arm64, and nodes are amd64, riscv64")) == ("JD602", True)


def test_an_image_of_one_architecture(cluster, registry):
    cluster.lists("/api/v1/nodes", node("amd64"))
    registry["https://registry.example.com/v2/cloud/manifests/1"] = {"config": {"digest": "sha256:00"}}
    registry["https://registry.example.com/v2/cloud/blobs/sha256:00"] = {"architecture": "arm64"}
    assert codes(of_images.images({"images": {"appImage": "registry.example.com/cloud:1"}})) == ["JD602"]


def test_a_public_image_is_asked_for_with_the_token_that_everybody_gets(cluster, registry):
    cluster.lists("/api/v1/nodes", node("amd64"))
    url = "https://registry-1.docker.io/v2/library/redis/manifests/7"
    challenge = 'Bearer realm="https://auth.example.com/token",service="registry"'
    registry[url] = lambda request: INDEX if request.get_header("Authorization") == "Bearer any" else (401, challenge)
    query = "service=registry&scope=repository%3Alibrary%2Fredis%3Apull"
    registry[f"https://auth.example.com/token?{query}"] = {"token": "any"}
    assert codes(of_images.images({"images": {"redisImage": "redis:7"}})) == []


@pytest.mark.parametrize("answer", [(401, "Basic"), 403, 500])
def test_what_needs_credentials_or_does_not_answer_is_unknown(cluster, registry, answer):
    cluster.lists("/api/v1/nodes", node("amd64"))
    registry["https://registry.example.com/v2/cloud/manifests/1"] = answer
    asked = of_images.images({"images": {"appImage": "registry.example.com/cloud:1", "redisImage": "a.io/b:1"}})
    # One that is unknown hides no other.
    assert next(asked).code == "JD601"
    with pytest.raises(Unseen, match="answers"):
        next(asked)


def test_a_pod_that_cannot_pull(cluster):
    waiting = {"reason": "ImagePullBackOff", "message": "pull access denied"}
    states = [{"image": "a/b:1", "state": {"waiting": waiting}}, {"image": "c:1", "state": {"running": {}}}]
    cluster.lists("/api/v1/namespaces/justdb-cloud/pods", thing("app", status={"containerStatuses": states}))
    [found] = of_images.pods({"namespace": "justdb-cloud"})
    assert (found.code, found.seen) == ("JD603", "pod app, image a/b:1: pull access denied")
