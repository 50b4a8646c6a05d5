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


def schemas_bucket():
    return needed("SCHEMAS_BUCKET")


def backups_bucket():
    return needed("BACKUPS_BUCKET")


def database():
    return needed("DATABASE", r"[a-z_][a-z0-9_]{0,62}")


def owner():
    return needed("DATABASE_OWNER", r"[a-z_][a-z0-9_]{0,62}")
