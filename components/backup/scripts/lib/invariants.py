"""
What must hold in a restored database beyond the counts of its manifest. Each doubt is raised, with what was found.
"""

import subprocess

import postgres
from failure import Doubt
from postgres import identifier

# Columns that take their next value from a sequence of their own.
_SEQUENCES = """
SELECT coalesce(json_agg(json_build_array(tn.nspname, t.relname, a.attname, sn.nspname, s.relname) ORDER BY 1, 2), '[]')
FROM pg_class s
JOIN pg_namespace sn ON sn.oid = s.relnamespace
JOIN pg_sequence q ON q.seqrelid = s.oid AND q.seqincrement > 0
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid
    AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
JOIN pg_class t ON t.oid = d.refobjid
JOIN pg_namespace tn ON tn.oid = t.relnamespace
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
"""


def check(database):
    """pg_restore has already refused what breaks a constraint: it makes keys and foreign keys after the rows."""
    readable(database)
    with postgres.Session(database) as session:
        sequences(session)


def readable(database):
    """Every row and every value stored apart can be read, and every index holds every row of its table."""
    command = ["pg_amcheck", "--heapallindexed", "--no-password", database]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise Doubt(
            "the image has no pg_amcheck, which belongs to PostgreSQL's programs since 14: see backupImage"
        ) from error
    if done.returncode != 0:
        raise Doubt(f"pg_amcheck ended with {done.returncode}: {(done.stdout + done.stderr).strip()}")


def sequences(session):
    """A sequence that is behind its column would have the next row refused, as a duplicate."""
    for table_schema, table, column, schema, name in session.value(_SEQUENCES):
        last, highest = session.value(
            f"SELECT json_build_array(CASE WHEN is_called THEN last_value ELSE last_value - 1 END, "
            f"(SELECT max({identifier(column)}) FROM {identifier(table_schema)}.{identifier(table)})) "
            f"FROM {identifier(schema)}.{identifier(name)}"
        )
        if highest is not None and highest > last:
            raise Doubt(f"sequence {schema}.{name} is at {last}, and {table_schema}.{table} has {column} {highest}")
