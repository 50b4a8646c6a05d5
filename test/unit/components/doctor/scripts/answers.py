"""Objects as the Kubernetes API gives them, with what the checks read."""


def codes(found):
    return [one.code for one in found]


def thing(name, spec=None, status=None, **metadata):
    return {"metadata": {"name": name, "labels": {}, **metadata}, "spec": spec or {}, "status": status or {}}


def condition(kind, status, message=""):
    return {"conditions": [{"type": kind, "status": status, "message": message}]}
