"""A backup whose database is told, and whose bucket of schemas changes beneath it."""

import io
import json

import pytest

import consistent_backup
import facts
import manifest
import objects
import postgres
import storage
from samples import BACKUPS, SCHEMAS, Database, contents, sha256

ABOUT = {
    "oid": 1,
    "bytes": 1,
    "version": "15.4",
    "versionNumber": 150004,
    "time": "2026-01-31T02:15:00Z",
    "lsn": "0/1",
    **dict.fromkeys(facts.CREATED_WITH, "C"),
}


class Dump:
    """Stands for pg_dump: its first byte is there when it has its own snapshot and locks."""

    def __init__(self):
        self.stream = io.BufferedReader(io.BytesIO(b"a dump"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """It has ended."""

    def finish(self):
        """It ended well."""


@pytest.fixture
def make(s3, monkeypatch):
    """Makes a backup of a database with these rows. Whatever is done is noted, in its order; `at` does more then."""

    def make(rows, at=lambda _: None):
        done = []

        def note(what):
            done.append(what)
            at(what)

        class Noting(Database):
            def run(self, statement):
                note(statement.split(";")[0])
                return []

            def __exit__(self, *_):
                note("session closed")

        def dump(*_):
            note("dump")
            return Dump()

        def current(*asked, listing=objects.current):
            note("listed")
            return listing(*asked)

        answers = {"pg_export_snapshot": ["1-1"], "pg_database": ABOUT, "relkind = 'r'": [], "n.nspname": []}
        monkeypatch.setattr(postgres, "wait_until_ready", lambda: None)
        monkeypatch.setattr(postgres, "Session", lambda _: Noting(answers))
        monkeypatch.setattr(Noting, "keep", lambda _, tables: note("locked"), raising=False)
        monkeypatch.setattr(postgres, "dump", dump)
        monkeypatch.setattr(facts, "schema_rows", lambda _: iter(rows))
        monkeypatch.setattr(objects, "current", current)
        s3.meta.events.register_first("before-call.s3.GetObject", lambda **_: note("read"), unique_id="read")
        try:
            made = consistent_backup.make()
        finally:
            s3.meta.events.unregister("before-call.s3.GetObject", unique_id="read")
            monkeypatch.setattr(objects, "current", current.__kwdefaults__["listing"])
        return made["backup"], done

    return make


def row(key, content):
    return [f"s3://{SCHEMAS}/{key}", sha256(content)]


def put(s3, key, content):
    s3.put_object(Bucket=SCHEMAS, Key=key, Body=content)


def unpacked(s3, backup):
    index = objects.read_index(storage.Download(s3, BACKUPS, backup["files"]["index"]))
    data = storage.Download(s3, BACKUPS, backup["files"]["objects"])
    return {entry["key"]: b"".join(content) for entry, content in objects.unpack(data, index)}


def test_snapshot_and_locks_are_let_go_before_the_schemas_are_listed_and_read(s3, make):
    put(s3, "schemas/1", b"1")
    _, done = make([row("schemas/1", b"1")])
    steps = ("locked", "dump", "COMMIT", "listed", "read")
    assert [step for step in done if step in steps] == list(steps)
    assert done.index("session closed") < done.index("listed")


def test_it_is_of_one_moment_whatever_is_done_while_schemas_are_read(s3, make):
    """The app applies one more as soon as the snapshot is let go, and somebody writes over one and deletes another."""
    then = {"schemas/1": b"1", "schemas/2": b"2", "schemas/3": b"3"}
    for key, content in then.items():
        put(s3, key, content)

    def meanwhile(what):
        if what == "COMMIT":
            put(s3, "schemas/new", b"applied after the snapshot")
        if what == "read":
            put(s3, "schemas/1", b"another content")
            s3.delete_object(Bucket=SCHEMAS, Key="schemas/2")

    made, _ = make([row(key, content) for key, content in then.items()], meanwhile)
    backup = manifest.find(s3, BACKUPS, made)
    assert backup["schemas"] == {"bucket": SCHEMAS, "count": 4, "bytes": 29, "missing": 0, "elsewhere": 0}
    assert unpacked(s3, backup) == {**then, "schemas/new": b"applied after the snapshot"}
    assert "schemas/2" not in contents(s3, SCHEMAS)


def test_rows_without_their_schema_are_counted_and_named(s3, make):
    put(s3, "schemas/2", b"spoiled")
    rows = [row("schemas/2", b"2"), row("schemas/2", b"2"), row("schemas/1", b"1"), ["s3://other/schemas/3", None]]
    with pytest.raises(consistent_backup.Lost, match="3 schemas were lost before it"):
        make(rows)
    [(_, _, backup)] = manifest.every(s3, BACKUPS)
    assert (backup["schemas"]["missing"], backup["schemas"]["elsewhere"]) == (3, 1)


def test_its_index_has_the_order_of_its_file_and_nothing_of_the_rows(s3, make):
    for key in ("schemas/b", "schemas/a"):
        put(s3, key, bytes(objects.SMALL + 1) if key == "schemas/a" else b"b")
    made, _ = make([row("schemas/b", b"b")])
    file = storage.Download(s3, BACKUPS, manifest.find(s3, BACKUPS, made)["files"]["index"])
    entries = [json.loads(line) for line in b"".join(file).splitlines()]
    assert [entry["key"] for entry in entries] == ["schemas/a", "schemas/b"]
    assert entries[1].keys() == {"key", "version", "size", "sha256", "contentType", "metadata"}
