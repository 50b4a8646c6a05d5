import pytest

import rollout

IMAGE = "postgresql:18.4"


def cluster(phase="Cluster in healthy state", image=IMAGE, changed="2026-01-31T04:00:00Z"):
    fields = [
        {"manager": "justdb-cloud", "operation": "Apply", "time": changed},
        {"manager": "justdb-cloud", "subresource": "status", "time": "2026-01-31T09:00:00Z"},
        {"manager": "manager", "operation": "Update", "time": "2026-01-31T09:00:00Z"},
    ]
    return {
        "metadata": {"managedFields": fields},
        "spec": {"instances": 2, "imageName": IMAGE},
        "status": {"phase": phase, "phaseReason": "", "image": image},
    }


def pod(name, checksum="new", ready="True", **more):
    return {
        "metadata": {
            "name": name,
            "annotations": {"justdb-cloud/database": checksum},
            "creationTimestamp": more.pop("created", "2026-01-31T05:00:00Z"),
            **more.pop("metadata", {}),
        },
        "status": {"conditions": [{"type": "Ready", "status": ready}], **more},
    }


WAITING = {"containerStatuses": [{"state": {"waiting": {"reason": "ImagePullBackOff", "message": "no such image"}}}]}


@pytest.mark.parametrize(
    ("found", "pods", "words"),
    [
        (cluster(), [pod("db-1"), pod("db-2")], ""),
        (cluster(), [pod("db-1"), pod("db-2", "old")], "db-2 is as it was before the change"),
        (cluster(), [pod("db-1"), pod("db-2", ready="False")], "db-2 is not ready"),
        (cluster(), [pod("db-1"), pod("db-2", **WAITING)], "db-2 waits: ImagePullBackOff: no such image"),
        (cluster(), [pod("db-1"), pod("db-2", metadata={"deletionTimestamp": "x"})], "db-2 is ending"),
        (cluster(), [pod("db-1")], "1 of 2 instances are there"),
        (cluster("Upgrading cluster"), [pod("db-1"), pod("db-2")], "Upgrading cluster"),
        (cluster(image="old"), [pod("db-1"), pod("db-2")], f"the operator has not taken up image {IMAGE}"),
    ],
)
def test_says_what_is_still_to_come(found, pods, words):
    assert rollout.unfinished(found, pods, "new") == words


def test_a_cluster_without_a_status_is_unfinished():
    assert "no phase" in rollout.unfinished({**cluster(), "status": {}}, [], "new")


def test_pods_are_newer_only_than_what_this_package_has_changed():
    assert rollout.is_newer(cluster(), [pod("db-1"), pod("db-2")])
    assert not rollout.is_newer(cluster(), [pod("db-1"), pod("db-2", created="2026-01-31T04:00:00Z")])
    assert not rollout.is_newer({"metadata": {}}, [pod("db-1")])


def test_a_pod_is_stuck_when_its_image_cannot_be_had():
    assert rollout.stuck([pod("db-1"), pod("db-2", **WAITING)]) == ["db-2"]
    starting = {"initContainerStatuses": [{"state": {"waiting": {"reason": "PodInitializing"}}}]}
    assert rollout.stuck([pod("db-1"), pod("db-2", **starting)]) == []


def with_spec(**spec):
    return {**cluster(), "spec": {**cluster()["spec"], **spec}}


SIDECAR = {"spec": {"initContainers": [{"name": "plugin-barman-cloud"}]}}
ARCHIVED = with_spec(plugins=[{"name": "barman-cloud.cloudnative-pg.io"}])
RECOVERED = with_spec(externalClusters=[{"name": "source", "plugin": {"name": "barman-cloud.cloudnative-pg.io"}}])


# The operator gives the pods the change's checksum some seconds before it begins to make them anew.
@pytest.mark.parametrize(
    ("found", "sidecar", "is_done"),
    [
        (ARCHIVED, SIDECAR, True),
        (ARCHIVED, {}, False),
        (cluster(), SIDECAR, False),
        (cluster(), {}, True),
        (RECOVERED, SIDECAR, True),
        (RECOVERED, {}, True),
    ],
)
def test_an_archive_is_switched_when_the_pods_have_its_sidecar_or_have_it_no_more(found, sidecar, is_done):
    pods = [{**pod(name), **sidecar} for name in ("db-1", "db-2")]
    assert (rollout.unfinished(found, pods, "new") == "") == is_done
