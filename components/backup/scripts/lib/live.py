"""The database that is live when a restore begins: what it holds, and what it began with."""

import re

import facts
import postgres
import switch
from failure import Doubt, say
from postgres import literal

_BEGAN = "; the stack began with "


def comment(session, database):
    """What the database says of itself; empty where there is none."""
    said = f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = {literal(database)}"
    return session.value(f"SELECT json_build_array(({said}))")[0] or ""


def began_with(text):
    """The restoreFrom of the stack in the comment of its database. A restore by hand hands it on."""
    found = re.search(f"{_BEGAN}(\\S+)$", text)
    return found[1] if found else ""


def beginning(origin):
    """The end of a comment, for `began_with`."""
    return f"{_BEGAN}{origin}" if origin else ""


def changelog(database):
    """None where it cannot be read: a restore may be what puts that right."""
    try:
        with postgres.Session(database) as session:
            return facts.changelog(session)
    except postgres.DatabaseError:
        return None


def refuse_unless_empty(database):
    """What a stack starts from goes into an empty database only."""
    with postgres.Session(database) as session:
        held = facts.held(session)
    if held:
        tables = "; ".join(f"{table}: {rows} rows" for table, rows in held.items())
        raise Doubt(
            f"nothing was changed: database {database} holds something ({tables}), and restoreFrom is for an empty "
            "one. To go on with what is there: pulumi config rm restoreFrom, and pulumi up. To start from the backup "
            "nevertheless: put the database aside first, as docs/runbooks/disaster-recovery.md says"
        )


def begun(database, origin):
    """
    The comment of a database that began with this origin: nothing is left to do. Fails if the database may not be
    touched.
    """
    postgres.wait_until_ready()
    with postgres.Session("postgres") as session:
        said = comment(session, database)
        if began_with(said) == origin:
            say(f"nothing to do, for database {database} says of itself: {said}")
            return said
        if switch.exists(session, database):
            refuse_unless_empty(database)
    return None


def is_bare(database):
    """Whether there is not even a table in it, so that nobody can miss it."""
    with postgres.Session(database) as session:
        return not facts.row_counts(session)
