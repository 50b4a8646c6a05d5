"""What must be so for a restore to begin. Everything that would stop it later is told before anything is done."""

import os
import re
import time

import postgres
import sealed
import storage
import switch
from failure import Doubt, say
from postgres import identifier, literal

# Any number, the same in every restore.
LOCK = 0x6A757374_72657374
STAMP = r"\d{8}t\d{6}z_[0-9a-f]{6}"


def lock(session):
    if session.value(f"SELECT json_build_array(pg_try_advisory_lock({LOCK}))")[0]:
        return
    holders = session.value(
        "SELECT coalesce("
        "json_agg(format('process %s, from %s, since %s', a.pid, a.client_addr, a.backend_start)), '[]') "
        "FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
        f"WHERE l.locktype = 'advisory' AND l.granted AND (l.classid::bigint << 32) + l.objid::bigint = {LOCK}"
    )
    raise Doubt(
        f"another restore is running ({'; '.join(holders) or 'it has just ended'}): wait for its end. If its pod is "
        "gone and the process is still there, end it with SELECT pg_terminate_backend(...)"
    )


def check(session, database, owner, backup, schemas, patient):
    """
    `patient`: on a new server the operator grants a role what it needs a moment later, and the first files may not be
    archived yet.
    """
    deadline = time.monotonic() + postgres.PATIENCE_SECONDS * patient
    while (problems := _unready(session, owner, backup)) and time.monotonic() < deadline:
        time.sleep(1)
    if problems:
        raise Doubt("nothing was changed: " + "; ".join(problems))
    # What a restore that was killed left behind. The lock says that none is running.
    for left in switch.leftovers(session, f"{re.escape(database[:30])}_restore_{STAMP}"):
        say(f"dropping {left}, which a restore that was cut off left behind")
        switch.drop(left)
    if volume := _volume():
        _room(session, backup, schemas, volume)
    kept = switch.leftovers(session, f"{re.escape(database[:30])}_before_{STAMP}")
    if kept:
        say(f"kept from earlier restores, to be dropped when no longer wanted: {', '.join(kept)}")


# A superuser belongs to every role.
_RUNS = """
SELECT bool_or(pg_has_role(current_user, oid, 'MEMBER')) FROM pg_roles
WHERE rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
"""


def _unready(session, owner, backup):
    role = session.value(
        "SELECT json_build_object('name', current_user, 'creates', rolcreatedb OR rolsuper, "
        f"'owns', (SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = {literal(owner)}), "
        "'monitors', has_function_privilege('pg_ls_waldir()', 'EXECUTE'), "
        f"'runs', ({_RUNS})) FROM pg_roles WHERE rolname = current_user"
    )
    problems = []
    if _volume():
        if not role["monitors"]:
            problems.append(
                f"role {role['name']} may not see the write-ahead log: GRANT pg_monitor TO {identifier(role['name'])}"
            )
        if session.value(_ARCHIVE_FAILS)[0]:
            problems.append(
                "the write-ahead log is not being archived (SELECT * FROM pg_stat_archiver), so all that a restore "
                "writes would be kept a second time, and might fill the volume. Put the archive right, and restore "
                "again"
            )
    if not role["creates"]:
        problems.append(f"role {role['name']} may not create databases: ALTER ROLE {identifier(role['name'])} CREATEDB")
    if role["owns"] is None:
        problems.append(f"role {owner}, which owns the database, does not exist")
    elif not role["owns"]:
        problems.append(
            f"role {role['name']} does not belong to {owner}: GRANT {identifier(owner)} TO {identifier(role['name'])}"
        )
    if role["runs"] and not backup["sealed"]:
        # A dump is SQL.
        problems.append(
            f"{sealed.FOREIGN}, and whatever role {role['name']} may do, its dump may: run programs or read files on "
            f"the server. ALTER ROLE {identifier(role['name'])} NOSUPERUSER, for as long as the restore takes"
        )
    made, here = backup["versions"]["postgresNumber"] // 10000, postgres.server_major(session)
    if here < made:
        problems.append(f"the backup is of PostgreSQL {made}, this server is {here}: an older one cannot read it")
    return problems


def _volume():
    """The bytes of the server's volume; 0 where they are not known."""
    return int(os.environ.get("VOLUME_BYTES") or 0)


# PostgreSQL keeps what it could not archive, without a limit.
_ARCHIVE_FAILS = """
SELECT json_build_array(
    current_setting('archive_mode') <> 'off'
    AND coalesce(last_failed_time > last_archived_time, last_failed_time IS NOT NULL)
)
FROM pg_stat_archiver
"""

_USED = """
SELECT json_build_array((SELECT sum(pg_database_size(oid)) FROM pg_database) + (SELECT sum(size) FROM pg_ls_waldir()))
"""


def _room(session, backup, schemas, volume):
    """A volume that the restore fills would stop the live database too."""
    used = session.value(_USED)[0]
    # Whatever is written is in the log too before that is cut back. Rows of another bucket are each written twice.
    times = 2 if backup["schemas"]["bucket"] == schemas else 3
    need = backup["database"]["bytes"] * times + 64 * storage.MEBIBYTE
    if used + need > volume * 0.95:
        raise Doubt(
            f"nothing was changed: the restore needs {need // storage.MEBIBYTE} MiB beside the "
            f"{used // storage.MEBIBYTE} MiB that databases and the write-ahead log use, and the volume has "
            f"{volume // storage.MEBIBYTE} MiB: raise postgresStorageSize, or drop databases that earlier restores "
            "kept"
        )
