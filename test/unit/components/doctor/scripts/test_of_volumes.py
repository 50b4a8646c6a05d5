import of_volumes
from answers import thing

CLASSES = "/apis/storage.k8s.io/v1/storageclasses"


def storage_class(name, grows=True, is_default=False, made="2026-01-01"):
    annotations = {of_volumes.DEFAULT: "true"} if is_default else {}
    return {**thing(name, annotations=annotations, creationTimestamp=made), "allowVolumeExpansion": grows}


def codes(**settings):
    return [one.code for one in of_volumes.classes({"storageClasses": settings})]


def test_no_default_where_one_is_needed(cluster):
    cluster.lists(CLASSES, storage_class("gp3"))
    assert codes(postgresStorageClass="") == ["JD301"]
    assert codes(postgresStorageClass="gp3") == []


def test_a_class_that_is_not_there(cluster):
    cluster.lists(CLASSES, storage_class("gp3"))
    [found] = of_volumes.classes({"storageClasses": {"redisStorageClass": "gp2"}})
    assert (found.code, found.seen) == ("JD302", "redisStorageClass is gp2; the cluster has gp3")


def test_volumes_that_cannot_grow_are_told_once_for_each_class(cluster):
    cluster.lists(
        CLASSES,
        storage_class("old", grows=False, is_default=True),
        storage_class("new", is_default=True, made="2026-02-01"),
        storage_class("fixed", grows=False),
    )
    assert codes(postgresStorageClass="", redisStorageClass="") == []
    assert codes(postgresStorageClass="fixed", redisStorageClass="fixed") == ["JD303"]
