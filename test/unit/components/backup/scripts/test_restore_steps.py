import io

import pytest

import objects
import postgres
import restore_steps
from failure import Doubt
from samples import BACKUPS, MANIFEST, SCHEMAS, contents, lines, packed, upload

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
    files = {"database": b"a dump", "objects": data, "index": lines(index)}
    return {
        **MANIFEST,
        "schemas": {**MANIFEST["schemas"], "count": 2},
        "files": {name: upload(s3, name, content) for name, content in files.items()},
    }


def test_every_file_is_checked(s3, backup):
    restore_steps.verify(s3, BACKUPS, backup)


@pytest.mark.parametrize(
    ("name", "said"), [("database", ": database has"), ("objects", ": its file of schemas"), ("index", ": index has")]
)
def test_an_altered_file_is_refused(s3, backup, name, said):
    altered = upload(s3, name, b"another")
    backup["files"][name]["version"] = altered["version"]
    with pytest.raises(Doubt, match=f"the backup is damaged{said}"):
        restore_steps.verify(s3, BACKUPS, backup)


def test_an_index_of_another_number_is_refused(s3, backup):
    backup["schemas"]["count"] = 3
    with pytest.raises(Doubt, match="its index has 2 schemas, its manifest says 3"):
        restore_steps.verify(s3, BACKUPS, backup)


def test_a_backup_in_another_order_than_that_of_its_keys_comes_back(s3):
    """Earlier versions put large ones behind others."""
    sizes = {"schemas/b": objects.SMALL + 1, "schemas/a": 1}
    for key, size in sizes.items():
        s3.put_object(Bucket=SCHEMAS, Key=key, Body=key[-1].encode() * size)
    there = {entry["key"]: entry for entry in objects.current(s3, SCHEMAS)}
    sink = io.BytesIO()
    index = {entry["key"]: entry for entry in objects.pack(s3, SCHEMAS, [there[key] for key in sizes], sink)}
    files = {"database": b"", "objects": sink.getvalue(), "index": lines(index)}
    made = {
        **MANIFEST,
        "schemas": {**MANIFEST["schemas"], "count": 2},
        "files": {name: upload(s3, name, content) for name, content in files.items()},
    }
    s3.delete_object(Bucket=SCHEMAS, Key="schemas/b")
    restore_steps.verify(s3, BACKUPS, made)
    held = restore_steps.compared(s3, SCHEMAS, BACKUPS, made, lost=set())
    assert list(held) == [objects.ABSENT, objects.SAME]
    assert restore_steps.put(s3, SCHEMAS, BACKUPS, made, held, {objects.ABSENT}) == 1
    assert contents(s3, SCHEMAS) == {key: key[-1].encode() * size for key, size in sizes.items()}


def test_only_the_schemas_that_are_asked_for_are_put_back(s3, backup):
    s3.put_object(Bucket=SCHEMAS, Key="schemas/1", Body=b"newer")
    s3.delete_object(Bucket=SCHEMAS, Key="schemas/2")
    held = restore_steps.compared(s3, SCHEMAS, BACKUPS, backup, lost=set())
    assert list(held) == [objects.OTHER, objects.ABSENT]
    assert restore_steps.put(s3, SCHEMAS, BACKUPS, backup, held, set()) == 0
    assert restore_steps.put(s3, SCHEMAS, BACKUPS, backup, held, {objects.ABSENT}) == 1
    assert contents(s3, SCHEMAS) == {"schemas/1": b"newer", "schemas/2": b"schemas/2"}
    assert restore_steps.put(s3, SCHEMAS, BACKUPS, backup, held, {objects.OTHER}) == 1
    assert contents(s3, SCHEMAS) == {"schemas/1": b"schemas/1", "schemas/2": b"schemas/2"}
