"""What is told of a database, and how a restore compares it; the database's answers are made up."""

import json

import pytest

import facts
import objects
import postgres
import restore_steps
from failure import Doubt
from samples import BACKUPS, MANIFEST, SCHEMAS, Database, upload

CHANGES = [["001", "ci", "001.sql", "9:a"], ["002", "ci", "002.sql", "9:b"]]


def database(tables=(), rows=(), changes=None, schema_rows=()):
    """A database with these tables, rows in each, changes of Liquibase, and addresses of schemas."""
    return Database(
        {
            "relkind = 'r'": [list(table) for table in tables],
            "json_object_agg": {str(n): count for n, count in enumerate(rows)},
            "'databasechangelog'": [] if changes is None else [["public", "databasechangelog"]],
            "orderexecuted": changes,
            "'schema_versions'": [["public", "schema_versions"]],
            "json_build_array(schema_url": [json.dumps(row) for row in schema_rows],
        }
    )


def test_rows_are_counted_by_table_whatever_its_name():
    session = database([("public", "t"), ("other", "t"), ("public", 'a "quoted".name')], [1, 0, 7])
    assert facts.row_counts(session) == {"public.t": 1, "other.t": 0, 'public.a "quoted".name': 7}
    assert 'FROM ONLY "public"."a ""quoted"".name"' in session.asked[-1]


def test_without_a_table_there_is_nothing_to_count():
    session = database()
    assert facts.row_counts(session) == {}
    assert len(session.asked) == 1


def test_a_database_with_liquibases_own_rows_alone_holds_nothing():
    own = [("public", "databasechangelog"), ("app", "databasechangeloglock")]
    assert facts.held(database([*own, ("public", "empty")], [5, 1, 0])) == {}
    assert facts.held(database([*own, ("public", "api_keys")], [5, 1, 2])) == {"public.api_keys": 2}


def test_the_changelog_is_told_by_number_and_hash():
    told = facts.changelog(database(changes=CHANGES))
    assert told["changes"] == 2
    assert told == facts.changelog(database(changes=CHANGES))
    assert told != facts.changelog(database(changes=CHANGES[::-1]))
    assert told != facts.changelog(database(changes=[CHANGES[0], [*CHANGES[1][:3], "9:c"]]))


def test_without_liquibase_there_is_no_changelog():
    assert facts.changelog(database()) is None
    assert facts.changelog(database(changes=[]))["changes"] == 0


def test_the_newest_rows_are_of_one_table():
    rows = ['["schemas/ü", "s3://a/schemas/ü", null]']
    answers = {"pg_class": [["public", "schema_versions"]], "DISTINCT ON": rows}
    assert facts.newest_rows(Database(answers)) == {"schemas/ü": ("s3://a/schemas/ü", None)}
    assert facts.newest_rows(Database({"pg_class": []})) == {}
    two = Database({"pg_class": [["a", "schema_versions"], ["b", "schema_versions"]]})
    with pytest.raises(Doubt, match=r'"a"\."schema_versions" and "b"\."schema_versions" are both there'):
        facts.newest_rows(two)


def test_texts_and_names_are_quoted():
    assert postgres.literal("it's") == "'it''s'"
    assert postgres.qualified('a"b', "c") == '"a""b"."c"'


RESTORED = {
    "tables": [("public", "schema_versions"), ("public", "t")],
    "rows": [2, 7],
    "changes": CHANGES,
    "schema_rows": [(f"s3://{SCHEMAS}/schemas/1", "a"), (f"s3://{SCHEMAS}/schemas/lost", None)],
}
INDEX = [{"key": "schemas/1", "size": 1, "version": "v", "sha256": "a"}]
BACKUP = {
    **MANIFEST,
    "database": {**MANIFEST["database"], "rows": {"public.schema_versions": 2, "public.t": 7}},
    "schemas": {**MANIFEST["schemas"], "missing": 1},
    "versions": {**MANIFEST["versions"], "changelog": facts.changelog(database(changes=CHANGES))},
}


def compare(s3, monkeypatch, index=INDEX, **changes):
    monkeypatch.setattr(postgres, "Session", lambda _: database(**{**RESTORED, **changes}))
    file = upload(s3, "index", b"".join(map(objects.line, index)))
    backup = {**BACKUP, "files": {**BACKUP["files"], "index": file}}
    return restore_steps.check(s3, BACKUPS, backup, "restored")


def test_what_came_back_is_what_was_there(s3, monkeypatch):
    assert compare(s3, monkeypatch) == {"schemas/lost"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rows": [2, 6]}, "rows differ from the manifest: public.t: 6 in place of 7"),
        ({"tables": RESTORED["tables"][:1], "rows": [2]}, "public.t: None in place of 7"),
        ({"tables": [*RESTORED["tables"], ("x", "new")], "rows": [2, 7, 0]}, "x.new: 0 in place of None"),
        ({"index": []}, f"2 rows have no schema, s3://{SCHEMAS}/schemas/1 first; the manifest says 1"),
        ({"index": [{**INDEX[0], "sha256": "b"}]}, "2 rows have no schema"),
        ({"schema_rows": RESTORED["schema_rows"][:1]}, "0 rows have no schema, none first; the manifest says 1"),
        ({"changes": CHANGES[:1]}, "the changelog differs from the manifest"),
        ({"changes": None}, "the changelog differs from the manifest"),
    ],
)
def test_what_differs_is_told(s3, monkeypatch, changes, said):
    with pytest.raises(Doubt) as doubt:
        compare(s3, monkeypatch, **changes)
    assert said in str(doubt.value)
