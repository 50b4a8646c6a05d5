"""
What is told of a database, within one transaction: a backup writes it down, a restore holds it against what came back.
"""

import hashlib
import json

from failure import Doubt
from postgres import literal, qualified

# Which columns tell of the locale differs between versions of PostgreSQL; to_jsonb takes those that are there.
_ABOUT = """
SELECT json_build_object(
    'oid', d.oid::bigint,
    'encoding', pg_encoding_to_char(d.encoding),
    'collate', d.datcollate,
    'ctype', d.datctype,
    'provider', to_jsonb(d) ->> 'datlocprovider',
    'locale', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'),
    'rules', to_jsonb(d) ->> 'daticurules',
    'bytes', pg_database_size(d.oid),
    'version', current_setting('server_version'),
    'versionNumber', current_setting('server_version_num')::int,
    'time', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'lsn', CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
)
FROM pg_database d WHERE d.datname = current_database()
"""

# What a database is created with, of what `about` tells.
CREATED_WITH = ("encoding", "collate", "ctype", "provider", "locale", "rules")

# Where the app keeps the addresses of schemas.
SCHEMAS = "schema_versions"

_TABLES = """
SELECT coalesce(json_agg(json_build_array(n.nspname, c.relname) ORDER BY n.nspname, c.relname), '[]')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence = 'p'
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
"""

# Not by the search path: another role's need not be the app's.
_NAMED = """
SELECT coalesce(json_agg(json_build_array(n.nspname, c.relname) ORDER BY n.nspname), '[]')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relname = {name} AND a.attname = {column} AND c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
"""

# The columns by which Liquibase knows a change.
_CHANGES = """
SELECT coalesce(json_agg(json_build_array(id, author, filename, md5sum) ORDER BY orderexecuted), '[]')
FROM {table}
"""

_SCHEMA_ROWS = "SELECT json_build_array(schema_url, checksum) FROM {table} WHERE schema_url IS NOT NULL"

_NEWEST_ROWS = """
SELECT DISTINCT ON (key) json_build_array(key, schema_url, checksum)
FROM (SELECT substring(schema_url from '^s3://[^/]+/(schemas/.+)$') AS key, * FROM {table}) AS keyed
WHERE key IS NOT NULL ORDER BY key, id DESC
"""


def about(session):
    return session.value(_ABOUT)


def tables(session):
    """Schema and name of every table that holds data."""
    return session.value(_TABLES)


def row_counts(session):
    """Exact, for every table that holds data. All in one statement, and so of one moment, whatever the transaction."""
    every = tables(session)
    if not every:
        return {}
    counts = " UNION ALL ".join(
        f"SELECT {index} AS i, count(*) AS n FROM ONLY {qualified(schema, table)}"
        for index, (schema, table) in enumerate(every)
    )
    numbers = session.value(f"SELECT json_object_agg(i, n) FROM ({counts}) AS counted")
    return {f"{schema}.{table}": numbers[str(index)] for index, (schema, table) in enumerate(every)}


def held(session):
    """The tables that hold rows, and how many. What Liquibase keeps for itself is not counted."""
    own = ("databasechangelog", "databasechangeloglock")
    return {table: n for table, n in row_counts(session).items() if n and table.split(".", 1)[1] not in own}


def named(session, name, column):
    """The tables of this name that have this column, whatever schema they are in, qualified."""
    found = session.value(_NAMED.format(name=literal(name), column=literal(column)))
    return [qualified(*table) for table in found]


def changelog(session):
    """A hash over the changes that were applied; None where Liquibase has never run."""
    logs = named(session, "databasechangelog", "md5sum")
    if not logs:
        return None
    changes = [change for table in logs for change in session.value(_CHANGES.format(table=table))]
    return {"changes": len(changes), "sha256": hashlib.sha256(json.dumps(changes).encode()).hexdigest()}


def newest_rows(session):
    """
    Key -> address and checksum of the newest row that tells of it, whatever bucket the row names. Only that one is
    served.
    """
    found = named(session, SCHEMAS, "schema_url")
    if len(found) > 1:
        raise Doubt(
            f"{' and '.join(found)} are both there, and which one is the app's cannot be told: rename the other, and "
            "try again"
        )
    rows = session.lines(_NEWEST_ROWS.format(table=found[0])) if found else []
    return {key: (address, checksum) for key, address, checksum in map(json.loads, rows)}


def schema_rows(session):
    """Address and checksum of each schema that a row tells of."""
    for table in named(session, SCHEMAS, "schema_url"):
        for line in session.lines(_SCHEMA_ROWS.format(table=table)):
            yield json.loads(line)
