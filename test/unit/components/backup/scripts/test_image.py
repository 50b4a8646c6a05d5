"""What the scripts need of the image that they run in: docs/runbooks/backup.md names it, and nothing else is used."""

import ast
import re
import sys
from pathlib import Path

import postgres

root = Path(__file__).parents[5]
scripts = [(path, ast.parse(path.read_text())) for path in sorted((root / "components/backup/scripts").rglob("*.py"))]
packages = {"boto3", "botocore"}
programs = {"bash", "initdb", "pg_amcheck", "pg_dump", "pg_isready", "pg_restore", "postgres", "psql", "sed"}


def nodes(kind):
    return [node for _, tree in scripts for node in ast.walk(tree) if isinstance(node, kind)]


def imported():
    plain = [alias.name for node in nodes(ast.Import) for alias in node.names]
    return {name.split(".")[0] for name in [*plain, *(node.module for node in nodes(ast.ImportFrom))]}


def is_option(node):
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    return isinstance(node, ast.Starred) or (isinstance(node, ast.Constant) and str(node.value).startswith("-"))


def started():
    """The first words of commands, which are lists of a name and options, and those of the shell's script."""
    lists = [node.elts for node in nodes(ast.List) if len(node.elts) > 1 and is_option(node.elts[1])]
    names = {first.value for first, *_ in lists if isinstance(first, ast.Constant) and not is_option(first)}
    return names | set(re.findall(r"(?:^|\| *\n? *)(\w+) ", postgres._BY_SCRIPT, re.M)) - {"set"}


def test_they_import_boto3_and_what_python_has():
    own = {path.stem for path, _ in scripts}
    assert imported() - own - sys.stdlib_module_names == packages


def test_they_start_programs_of_postgresql_and_of_every_image():
    assert started() == programs


def test_the_runbook_names_all_of_it():
    text = (root / "docs/runbooks/backup.md").read_text()
    section = text.split("\n## The image\n")[1].split("\n## ")[0]
    assert {name for name in programs | {"boto3"} if f"`{name}`" not in section} == set()
