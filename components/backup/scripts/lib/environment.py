"""What an operation is told by its environment. libpq reads its own PG... variables, boto3 its AWS_... ones."""

import os
import re

from failure import Doubt


def needed(name, pattern=r".+"):
    value = os.environ.get(name, "")
    if not re.fullmatch(pattern, value):
        given = f'"{value}"' if value else "not set"
        raise Doubt(f"{name} is {given}; it must match {pattern}")
    return value


def optional(name):
    return os.environ.get(name, "")


def seal_key():
    key = optional("SEAL_KEY")
    # It is not shown: it is a secret. An empty one would be known to everybody.
    if len(key) < 32:
        raise Doubt(f"SEAL_KEY has {len(key)} characters; it must be the stack's seal key, which has 64")
    return key


def schemas_bucket():
    return needed("SCHEMAS_BUCKET")


def backups_bucket():
    return needed("BACKUPS_BUCKET")


def database():
    return needed("DATABASE", r"[a-z_][a-z0-9_]{0,62}")


def owner():
    return needed("DATABASE_OWNER", r"[a-z_][a-z0-9_]{0,62}")
