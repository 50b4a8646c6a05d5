"""
Whether the nodes can pull and run the images: by what they hold already, by what the registry has, and by pods that
say they cannot.
"""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import cluster
from finding import Finding, Unseen

REGISTRY_SECONDS = 8
INDEXES = ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"]
MANIFESTS = ["application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json"]
CANNOT = {"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"}


def images(expected):
    nodes = cluster.items("/api/v1/nodes")
    held = {
        _whole(name) for node in nodes for image in node["status"].get("images", []) for name in image.get("names", [])
    }
    wanted = {node["metadata"]["labels"]["kubernetes.io/arch"] for node in nodes}
    asked = {_whole(image): image for image in expected["images"].values()}
    # What a node holds it has pulled, and where all are of one kind it runs on each.
    left = [image for whole, image in asked.items() if len(wanted) > 1 or whole not in held]
    settings = {image: setting for setting, image in expected["images"].items()}
    unseen = []
    with ThreadPoolExecutor(8) as pool:
        for image, built in zip(left, pool.map(_architectures_or_why, left)):
            if isinstance(built, Unseen):
                unseen.append(f"{image}: {built}")
            elif built is None:
                yield Finding("JD601", f"{settings[image]} is {image}, and its registry has no such image")
            elif wanted - built:
                kinds = f"built for {', '.join(sorted(built))}, and nodes are {', '.join(sorted(wanted))}"
                yield Finding("JD602", f"{settings[image]} is {image}, {kinds}")
    if unseen:
        raise Unseen("; ".join(unseen))


def _architectures_or_why(image):
    try:
        return architectures(image)
    except Unseen as unseen:
        return unseen


def parts(image):
    """Registry, repository, and tag or digest."""
    name, _, digest = image.partition("@")
    tag = re.search(r":([^:/]+)$", name)
    name = name[: tag.start()] if tag else name
    host, _, rest = name.partition("/")
    if not rest or not (re.search(r"[.:]", host) or host == "localhost"):
        host, rest = "docker.io", name if rest else f"library/{name}"
    return host, rest, digest or (tag[1] if tag else "latest")


def _whole(image):
    return "/".join(parts(image))


def architectures(image):
    """What it is built for; None where the registry has no such image."""
    host, repository, reference = parts(image)
    # As container runtimes have it, a registry on this machine need not speak TLS.
    scheme = "http" if re.match(r"(127\.|localhost)", host) else "https"
    url = f"{scheme}://{'registry-1.docker.io' if host == 'docker.io' else host}/v2/{repository}"
    manifest = _ask(f"{url}/manifests/{reference}", repository)
    if manifest is None:
        return None
    if "manifests" in manifest:
        platforms = (one.get("platform", {}) for one in manifest["manifests"])
        return {one["architecture"] for one in platforms if one.get("architecture", "unknown") != "unknown"}
    config = _ask(f"{url}/blobs/{manifest['config']['digest']}", repository)
    return {config["architecture"]} if config else None


def _ask(url, repository, token=None):
    request = urllib.request.Request(url, headers={"Accept": ", ".join(INDEXES + MANIFESTS)})
    if token:
        # Not sent on to where a registry keeps its blobs.
        request.add_unredirected_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=REGISTRY_SECONDS) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        challenge = error.headers.get("WWW-Authenticate", "")
        if error.code == 401 and token is None and challenge.startswith("Bearer "):
            return _ask(url, repository, _token(challenge, repository))
        raise Unseen(f"its registry answers {error.code}: this asks with no credentials") from error
    except (OSError, ValueError) as error:
        raise Unseen(f"its registry cannot be asked from here: {error}") from error


def _token(challenge, repository):
    """One for anybody, as registries give them for public images."""
    fields = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
    query = {"service": fields.get("service", ""), "scope": f"repository:{repository}:pull"}
    try:
        with urllib.request.urlopen(
            f"{fields['realm']}?{urllib.parse.urlencode(query)}", timeout=REGISTRY_SECONDS
        ) as answer:
            given = json.load(answer)
            return given.get("token") or given["access_token"]
    except (OSError, ValueError, KeyError) as error:
        raise Unseen(f"its registry gives nobody a token without credentials: {error}") from error


def pods(expected):
    for pod in cluster.items(f"/api/v1/namespaces/{expected['namespace']}/pods"):
        states = pod["status"].get("initContainerStatuses", []) + pod["status"].get("containerStatuses", [])
        for state in states:
            waiting = state.get("state", {}).get("waiting", {})
            if waiting.get("reason") in CANNOT:
                said = waiting.get("message", waiting["reason"])
                yield Finding("JD603", f"pod {pod['metadata']['name']}, image {state['image']}: {said[:300]}")
