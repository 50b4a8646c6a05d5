import io

import pytest

import objects
import postgres
import restore_steps
from failure import Doubt
from samples import BACKUPS, MANIFEST, SCHEMAS, packed, upload

COMMON = "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        # Before PostgreSQL 15, and in earlier manifests.
        ({}, COMMON),
        ({"provider": "c", "locale": None, "rules": None}, f"{COMMON} LOCALE_PROVIDER 'libc'"),
        (
            {"provider": "i", "locale": "de", "rules": "&a < b"},
            f"{COMMON} LOCALE_PROVIDER 'icu' ICU_LOCALE 'de' ICU_RULES '&a < b'",
        ),
        # Since PostgreSQL 17.
        (
            {"provider": "b", "locale": "C.UTF-8", "rules": None},
            f"{COMMON} LOCALE_PROVIDER 'builtin' BUILTIN_LOCALE 'C.UTF-8'",
        ),
    ],
)
def test_a_database_is_created_as_its_manifest_says(kind, options):
    assert restore_steps.created_with({"encoding": "UTF8", "collate": "C", "ctype": "C", **kind}) == options


@pytest.mark.parametrize(("programs", "server", "needed"), [(18, 15, 1), (17, 16, 1), (18, 17, 0), (16, 15, 0)])
def test_newer_programs_restore_into_an_older_server_by_a_script(programs, server, needed):
    assert postgres.needs_script(programs, server) == bool(needed)


@pytest.fixture
def backup(s3):
    """One that was made of a bucket with two schemas."""
    for key in ("schemas/1", "schemas/2"):
        s3.put_object(Bucket=SCHEMAS, Key=key, Body=key.encode())
    data, index = packed(s3, SCHEMAS)
    sink = io.BytesIO()
    objects.write_index(index.values(), sink)
    files = {"database": b"a dump", "objects": data, "index": sink.getvalue()}
    return {
        **MANIFEST,
        "schemas": {**MANIFEST["schemas"], "count": 2},
        "files": {name: upload(s3, name, content) for name, content in files.items()},
    }


def test_every_file_is_checked(s3, backup):
    assert list(restore_steps.verified(s3, BACKUPS, backup)) == ["schemas/1", "schemas/2"]


@pytest.mark.parametrize("name", ["database", "objects", "index"])
def test_an_altered_file_is_refused(s3, backup, name):
    altered = upload(s3, name, b"another")
    backup["files"][name]["version"] = altered["version"]
    with pytest.raises(Doubt, match="the backup is damaged"):
        restore_steps.verified(s3, BACKUPS, backup)


def test_an_index_of_another_number_is_refused(s3, backup):
    backup["schemas"]["count"] = 3
    with pytest.raises(Doubt, match="its index has 2 schemas, its manifest says 3"):
        restore_steps.verified(s3, BACKUPS, backup)


def test_only_the_schemas_that_are_asked_for_are_put_back(s3, backup):
    index = restore_steps.verified(s3, BACKUPS, backup)
    for key in index:
        s3.put_object(Bucket=SCHEMAS, Key=key, Body=b"newer")
    assert restore_steps.put(s3, SCHEMAS, BACKUPS, backup, index, {"schemas/2"}) == 1
    assert restore_steps.put(s3, SCHEMAS, BACKUPS, backup, index, set()) == 0
    bodies = [s3.get_object(Bucket=SCHEMAS, Key=key)["Body"].read() for key in index]
    assert bodies == [b"newer", b"schemas/2"]
