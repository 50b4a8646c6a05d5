"""What must be so of the role before a restore begins."""

import pytest

import preconditions
from samples import MANIFEST, READ, Database

ROLE = {"name": "justdb", "creates": True, "owns": True, "monitors": True, "runs": False}


def problems(role, **of_backup):
    session = Database({"server_version_num": [150004], "rolcreatedb": {**ROLE, **role}})
    return preconditions._unready(session, "justdb", {**MANIFEST, **READ, **of_backup})


def test_a_backup_without_the_seal_is_not_restored_by_a_role_that_may_run_programs():
    (problem,) = problems({"runs": True}, sealed=False)
    assert "its dump may: run programs or read files on the server" in problem
    assert 'ALTER ROLE "justdb" NOSUPERUSER' in problem


@pytest.mark.parametrize(("runs", "sealed"), [(True, True), (False, False), (None, False)])
def test_else_it_is(runs, sealed):
    assert problems({"runs": runs}, sealed=sealed) == []
