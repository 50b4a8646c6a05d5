"""
The addresses of schemas in the database: s3://BUCKET/schemas/... Another stack keeps the same objects in another
bucket.
"""

import re

import facts
from postgres import literal

_TABLES = (facts.SCHEMAS, "audit_logs")


def move(session, new, old=None, but=()):
    """
    Lets rows tell of bucket `new` where they told of bucket `old`, or of any other one. The keys of objects stay; those
    in `but` are left alone. Returns how many rows were changed.
    """
    pattern = literal(f"^s3://{re.escape(old) if old else '[^/]+'}/(schemas/.+)$")
    key = f"substring(schema_url from {pattern})"
    condition = f"schema_url ~ {pattern} AND NOT starts_with(schema_url, {literal(f's3://{new}/')})"
    if but:
        condition += f" AND {key} NOT IN ({', '.join(map(literal, sorted(but)))})"
    moved = 0
    for name in _TABLES:
        for table in facts.named(session, name, "schema_url"):
            change = f"UPDATE {table} SET schema_url = {literal(f's3://{new}/')} || {key} WHERE {condition} RETURNING 1"
            moved += session.value(f"WITH moved AS ({change}) SELECT json_build_array(count(*)) FROM moved")[0]
            # The old versions of many rows make room for new ones, and the first queries find statistics.
            session.run(f"VACUUM (ANALYZE) {table}")
    return moved
