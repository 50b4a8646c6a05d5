"""
Restores a backup: FROM=latest, an id, or a time.

Nothing that is live is touched until the backup was read whole and found good, restored into a database beside the live one,
and counted. Then both change their names in one transaction. The live one is kept under another name.
"""

import os
import re
import time

import environment
import facts
import manifest
import objects
import postgres
import storage
import switch
from failure import Doubt, Failure, main, say
from postgres import identifier, literal

# Any number, the same in every restore.
LOCK = 0x6A757374_72657374
STAMP = r"\d{8}t\d{6}z_[0-9a-f]{6}"


def restore():
    clock = time.monotonic()
    s3 = storage.connect()
    database, owner = environment.database(), environment.owner()
    schemas, backups = environment.schemas_bucket(), environment.backups_bucket()
    storage.need_bucket(s3, backups, "backups")
    storage.need_bucket(s3, schemas, "schemas")
    backup = manifest.find(s3, backups, environment.needed("FROM"))
    say(f"backup {backup['id']} of {backup['snapshot']['time']}: checking every byte")
    index = verified(s3, backups, backup)

    postgres.wait_until_ready()
    with postgres.Session("postgres") as session:
        lock(session)
        ready(session, database, owner, backup)
        run = manifest.new_id().lower().replace("-", "_")
        beside, aside = name(database, "restore", run), name(database, "before", run)
        try:
            fill(session, s3, backups, backup, beside, owner)
            try:
                lost = check(beside, backup, index)
            except Doubt as doubt:
                raise Doubt(f"the live database is as it was: {doubt}") from doubt
            absent, other = objects.differing(s3, schemas, index)
            # A schema that contradicts its own row was damaged before the backup: it takes no better one's place.
            other -= lost
            # Objects that are not there harm nobody; those that differ may belong to rows that are still live.
            written = put(s3, schemas, backups, backup, index, absent)
            had_live = switch.exists(session, database)
            say(f"switching {database} over")
            comment = f"Restored from backup {backup['id']} at {manifest.now().strftime(manifest.SHOWN)}"
            switch.swap(session, database, beside, aside, comment)
        except BaseException:
            drop(beside)
            raise
        say(f"{database} is now the restored one" + (f"; what was live is kept as {aside}" if had_live else ""))

    if lost:
        say(f"{len(lost)} rows have no schema: it was lost before this backup; {min(lost)} is one")
    try:
        replaced = put(s3, schemas, backups, backup, index, other)
    except Exception as error:
        raise Failure(
            f"{database} is restored, but {len(other)} objects that differ in bucket {schemas} are not all put back: "
            f"{error}. Restore again."
        ) from error
    return {
        "restored": backup["id"],
        "snapshot": backup["snapshot"]["time"],
        "rows": sum(backup["database"]["rows"].values()),
        "schemas": len(index),
        "schemasWritten": written + replaced,
        "schemasLost": len(lost),
        "before": aside if had_live else None,
        "seconds": round(time.monotonic() - clock, 1),
    }


def name(database, kind, run):
    """PostgreSQL cuts names after 63 bytes, so a long one is cut here, before its end is put on."""
    return f"{database[:30]}_{kind}_{run}"


def verified(s3, bucket, backup):
    """Reads all files of the backup once, before anything is done with them. Returns the index of its schemas."""
    storage.Download(s3, bucket, backup["files"]["database"]).check()
    index = objects.read_index(storage.Download(s3, bucket, backup["files"]["index"]))
    if len(index) != backup["schemas"]["count"]:
        raise Doubt(f"the backup is damaged: its index has {len(index)} schemas, its manifest says {backup['schemas']['count']}")
    for _ in objects.unpack(storage.Download(s3, bucket, backup["files"]["objects"]), index):
        pass
    return index


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


def ready(session, database, owner, backup):
    """Everything that would stop the restore later is told now, all together."""
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
    if problems:
        raise Doubt("nothing was changed: " + "; ".join(problems))
    # What a restore that was killed left behind. The lock says that none is running.
    for left in switch.leftovers(session, f"{re.escape(database[:30])}_restore_{STAMP}"):
        say(f"dropping {left}, which a restore that was cut off left behind")
        drop(left)
    room(session, backup)
    kept = switch.leftovers(session, f"{re.escape(database[:30])}_before_{STAMP}")
    if kept:
        say(f"kept from earlier restores, to be dropped when no longer wanted: {', '.join(kept)}")


def room(session, backup):
    """A volume that the restore fills would stop the live database too."""
    volume = int(os.environ.get("VOLUME_BYTES") or 0)
    if volume == 0:
        return
    used = session.value(
        "SELECT json_build_array(sum(pg_database_size(oid))::bigint) FROM pg_database "
        "WHERE has_database_privilege(oid, 'CONNECT')"
    )[0]
    # Indexes are built, and the log is written, before either is cut back.
    need = int(backup["database"]["bytes"] * 1.5) + 64 * storage.MEBIBYTE
    if used + need > volume * 0.95:
        raise Doubt(
            f"nothing was changed: the restore needs {need // storage.MEBIBYTE} MiB beside the {used // storage.MEBIBYTE} MiB "
            f"that databases use, and the volume has {volume // storage.MEBIBYTE} MiB: raise postgresStorageSize, or drop "
            f"databases that earlier restores kept"
        )


def fill(session, s3, bucket, backup, beside, owner, grants=True):
    about = backup["database"]
    say(f"restoring into {beside}")
    session.run(
        f"CREATE DATABASE {identifier(beside)} OWNER {identifier(owner)} TEMPLATE template0 "
        f"ENCODING {literal(about['encoding'])} LC_COLLATE {literal(about['collate'])} LC_CTYPE {literal(about['ctype'])}"
    )
    dump = storage.Download(s3, bucket, backup["files"]["database"])
    with postgres.restore(beside, owner, grants) as program:
        try:
            for data in dump:
                program.stream.write(data)
            program.stream.close()
        except BrokenPipeError:
            # It ended by itself: its exit code and message say more.
            pass
        program.finish()
    # It was good when it was checked; what was restored must be the same.
    dump.check()


def check(beside, backup, index):
    """
    What came back is what was there: every table with its rows, every row with its schema. Returns the keys of schemas that
    were lost before the backup.
    """
    with postgres.Session(beside) as session:
        rows, expected = facts.row_counts(session), backup["database"]["rows"]
        if rows != expected:
            other = sorted(table for table in {*rows, *expected} if rows.get(table) != expected.get(table))
            detail = "; ".join(f"{table}: {rows.get(table)} in place of {expected.get(table)}" for table in other)
            raise Doubt(f"rows differ from the manifest: {detail}")
        missing = list(objects.missing(facts.schema_rows(session), backup["schemas"]["bucket"], index))
        if len(missing) != backup["schemas"]["missing"]:
            raise Doubt(
                f"{len(missing)} rows have no schema, {missing[0] if missing else 'none'} first; the manifest says "
                f"{backup['schemas']['missing']}"
            )
        if facts.changelog(session) != backup["versions"]["changelog"]:
            raise Doubt("the changelog differs from the manifest")
        # Without statistics the first queries would be slow.
        session.run("ANALYZE")
        start = len(f"s3://{backup['schemas']['bucket']}/")
        return {address[start:] for address in missing}


def put(s3, schemas, backups, backup, index, keys):
    """Writes these schemas of the backup. What the bucket holds beyond the backup stays: no row tells of it."""
    if not keys:
        return 0
    say(f"writing {len(keys)} objects to bucket {schemas}")
    contents = objects.unpack(storage.Download(s3, backups, backup["files"]["objects"]), index)
    return objects.write(s3, schemas, (item for item in contents if item[0]["key"] in keys))


def drop(database):
    """Best effort: what is left is dropped by the next restore."""
    try:
        with postgres.Session("postgres") as session:
            session.run(f"DROP DATABASE IF EXISTS {identifier(database)} WITH (FORCE)")
    except postgres.DatabaseError as error:
        say(f"{database} could not be dropped and is left for the next restore: {error}")


if __name__ == "__main__":
    main(restore)
