"""A cluster of answers: nothing is asked of any real one."""

import email.utils
import time

import pytest

import kubernetes_api
import of_aws
import of_inside


class Cluster:
    """What the Kubernetes API answers: by path, or by path and selector. What it has not, it answers 404 to."""

    def __init__(self):
        self.answers = {"/version": {"gitVersion": "v1.34.1"}}
        self.forbidden = set()
        self.down = False
        self.clock = time.time()
        self.created = []
        self.accepted = []

    def lists(self, path, *items):
        self.answers[path] = {"items": list(items)}

    def ask(self, path, content=None, accept="application/json"):
        if self.down:
            raise kubernetes_api.Failure("the Kubernetes API cannot be reached: refused")
        self.accepted.append((path, accept))
        if content is not None:
            self.created.append(content)
            return self.answers[path](content), {}
        plain = path.split("?")[0]
        if plain in self.forbidden:
            raise kubernetes_api.Refused(403, plain, "forbidden")
        answer = self.answers.get(path.replace("%3D", "=").replace("%2F", "/"), self.answers.get(plain))
        if answer is None:
            raise kubernetes_api.Refused(404, plain, "not found")
        return answer, {"Date": email.utils.formatdate(self.clock, usegmt=True)}


@pytest.fixture
def cluster(monkeypatch):
    fake = Cluster()
    monkeypatch.setattr(kubernetes_api, "ask", fake.ask)
    monkeypatch.delenv("KUBECTL", raising=False)
    of_inside._looked.cache_clear()
    of_aws._client.cache_clear()
    of_aws.identity.cache_clear()
    return fake
