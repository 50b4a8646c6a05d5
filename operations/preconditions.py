"""What must be so for a restore to begin. Everything that would stop it later is told before anything is done."""

import os
import re
import time

import postgres
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
        "SELECT coalesce(json_agg(format('process %s, from %s, since %s', a.pid, a.client_addr, a.backend_start)), '[]') "
        "FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
        f"WHERE l.locktype = 'advisory' AND l.granted AND (l.classid::bigint << 32) + l.objid::bigint = {LOCK}"
    )
    raise Doubt(
        f"another restore is running ({'; '.join(holders) or 'it has just ended'}): wait for its end. If its pod is gone and the "
        f"process is still there, end it with SELECT pg_terminate_backend(...)"
    )


def check(session, database, owner, backup, schemas, patient):
    """`patient`: on a new server the operator grants a role what it needs a moment after it has made it."""
    deadline = time.monotonic() + postgres.PATIENCE_SECONDS * patient
    while (problems := _unready(session, owner, backup)) and time.monotonic() < deadline:
        time.sleep(1)
    if problems:
        raise Doubt("nothing was changed: " + "; ".join(problems))
    # What a restore that was killed left behind. The lock says that none is running.
    for left in switch.leftovers(session, f"{re.escape(database[:30])}_restore_{STAMP}"):
        say(f"dropping {left}, which a restore that was cut off left behind")
        switch.drop(left)
    _room(session, backup, schemas)
    kept = switch.leftovers(session, f"{re.escape(database[:30])}_before_{STAMP}")
    if kept:
        say(f"kept from earlier restores, to be dropped when no longer wanted: {', '.join(kept)}")


def _unready(session, owner, backup):
    role = session.value(
        "SELECT json_build_object('name', current_user, 'creates', rolcreatedb OR rolsuper, "
        f"'owns', (SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = {literal(owner)}), "
        "'version', current_setting('server_version_num')::int) FROM pg_roles WHERE rolname = current_user"
    )
    problems = []
    if not role["creates"]:
        problems.append(f"role {role['name']} may not create databases: ALTER ROLE {identifier(role['name'])} CREATEDB")
    if role["owns"] is None:
        problems.append(f"role {owner}, which owns the database, does not exist")
    elif not role["owns"]:
        problems.append(f"role {role['name']} does not belong to {owner}: GRANT {identifier(owner)} TO {identifier(role['name'])}")
    made, here = backup["versions"]["postgresNumber"] // 10000, role["version"] // 10000
    if here < made:
        problems.append(f"the backup is of PostgreSQL {made}, this server is {here}: an older one cannot read it")
    return problems


def _room(session, backup, schemas):
    """A volume that the restore fills would stop the live database too."""
    volume = int(os.environ.get("VOLUME_BYTES") or 0)
    if volume == 0:
        return
    used = session.value(
        "SELECT json_build_array(sum(pg_database_size(oid))::bigint) FROM pg_database "
        "WHERE has_database_privilege(oid, 'CONNECT')"
    )[0]
    # Indexes are built, and the log is written, before either is cut back. Rows of another bucket are each written twice.
    times = 1.5 if backup["schemas"]["bucket"] == schemas else 2.5
    need = int(backup["database"]["bytes"] * times) + 64 * storage.MEBIBYTE
    if used + need > volume * 0.95:
        raise Doubt(
            f"nothing was changed: the restore needs {need // storage.MEBIBYTE} MiB beside the {used // storage.MEBIBYTE} MiB "
            f"that databases use, and the volume has {volume // storage.MEBIBYTE} MiB: raise postgresStorageSize, or drop "
            f"databases that earlier restores kept"
        )
