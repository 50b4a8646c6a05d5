"""
Restores a backup: FROM=latest, an id, or a time.

Nothing that is live is touched until the backup was read whole and found good, restored into a database beside the live one,
and counted. Then both change their names in one transaction. The live one is kept under another name.

With ORIGIN, the restoreFrom of a new stack, the backup goes into an empty database only, and once: the comment of the database
tells what the stack began with.
"""

import time

import addresses
import environment
import facts
import live
import manifest
import objects
import postgres
import preconditions
import storage
import switch
from failure import Doubt, Failure, main, say
from postgres import identifier, literal

# pg_database.datlocprovider -> the provider, and the option that names its locale.
PROVIDERS = {"c": ("libc", None), "i": ("icu", "ICU_LOCALE"), "b": ("builtin", "BUILTIN_LOCALE")}


def restore():
    clock = time.monotonic()
    database, owner, origin = environment.database(), environment.owner(), environment.optional("ORIGIN")
    schemas, backups = environment.schemas_bucket(), environment.backups_bucket()
    if origin and (comment := live.begun(database, origin)):
        return {"restored": None, "comment": comment}
    s3 = storage.connect()
    storage.need_bucket(s3, backups, "backups")
    storage.need_bucket(s3, schemas, "schemas")
    backup = manifest.find(s3, backups, environment.needed("FROM"))
    say(f"backup {backup['id']} of {backup['snapshot']['time']}: checking every byte")
    index = verified(s3, backups, backup)

    postgres.wait_until_ready()
    with postgres.Session("postgres") as session:
        preconditions.lock(session)
        preconditions.check(session, database, owner, backup, schemas, patient=bool(origin))
        had_live = switch.exists(session, database)
        if origin and had_live:
            live.refuse_unless_empty(database)
        run = manifest.new_id().lower().replace("-", "_")
        beside, aside = name(database, "restore", run), name(database, "before", run)
        try:
            fill(session, s3, backups, backup, beside, owner)
            try:
                lost = check(beside, backup, index)
            except Doubt as doubt:
                raise Doubt(f"the live database is as it was: {doubt}") from doubt
            moved = settle(beside, backup, schemas)
            absent, other = objects.differing(s3, schemas, index)
            # A schema that contradicts its own row was damaged before the backup: it takes no better one's place.
            other = {key: version for key, version in other.items() if key not in lost}
            for key, version in sorted(other.items()):
                say(f"replacing version {version} of {key}")
            # Objects that are not there harm nobody; those that differ may belong to rows that are still live, if any are.
            early, late = (absent | other.keys(), set()) if origin else (absent, other.keys())
            written = put(s3, schemas, backups, backup, index, early)
            say(f"switching {database} over")
            comment = f"Restored from backup {backup['id']} at {manifest.now().strftime(manifest.SHOWN)}"
            began = live.beginning(origin or live.began_with(live.comment(session, database)))
            switch.swap(session, database, beside, aside, comment + began)
        except BaseException:
            switch.drop(beside)
            raise
        say(f"{database} is now the restored one" + (f"; what was live is kept as {aside}" if had_live else ""))
        try:
            replaced = put(s3, schemas, backups, backup, index, late)
            kept = aside if had_live else None
            # Not before the switch: while a database is filled, for hours maybe, a migration may change the live one.
            before = live.changelog(aside) if had_live else None
            if kept and origin and live.is_bare(aside):
                switch.drop(aside)
                kept = None
        # SystemExit too: a node that is drained, or the deadline.
        except BaseException as error:
            reason = "it was told to end" if isinstance(error, SystemExit) else error
            raise Failure(
                f"{database} is restored, but the objects that differ in bucket {schemas}, {len(late)}, may not all be put back: "
                f"{reason}. Restore again."
            ) from error
    if lost:
        say(f"{len(lost)} rows have no schema: it was lost before this backup; {min(lost)} is one")
    return {
        "restored": backup["id"],
        "snapshot": backup["snapshot"]["time"],
        "rows": sum(backup["database"]["rows"].values()),
        "rowsMoved": moved,
        "schemas": len(index),
        "schemasWritten": written + replaced,
        "schemasLost": len(lost),
        "before": kept,
        # The migrations of a new stack come after this.
        "migrate": None if origin else migrate(before, backup["versions"]["changelog"]),
        "seconds": round(time.monotonic() - clock, 1),
    }


def migrate(before, restored):
    """The command that brings the restored database to what the app ran on; None if it is there already."""
    if before and before == restored:
        return None
    command = f"operations/liquibase.sh {environment.optional('NAMESPACE')} update"
    changes = restored["changes"] if restored else 0
    had = f"the one before had {before['changes']}" if before else "what the app needs cannot be told from a live one"
    say(f"the restored database has {changes} changes, {had}: run {command}")
    return command


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


def fill(session, s3, bucket, backup, beside, owner, grants=True):
    about = backup["database"]
    say(f"restoring into {beside}")
    session.run(f"CREATE DATABASE {identifier(beside)} OWNER {identifier(owner)} TEMPLATE template0 {created_with(about)}")
    dump = storage.Download(s3, bucket, backup["files"]["database"])
    with postgres.restore(beside, owner, grants, postgres.server_major(session)) as program:
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


def created_with(about):
    """The options of CREATE DATABASE by which texts are sorted and compared as in the original."""
    options = {"ENCODING": about["encoding"], "LC_COLLATE": about["collate"], "LC_CTYPE": about["ctype"]}
    # Servers before PostgreSQL 15 have one provider only, and earlier manifests do not tell of it.
    if about.get("provider"):
        provider, locale = PROVIDERS[about["provider"]]
        options["LOCALE_PROVIDER"] = provider
        if locale:
            options[locale] = about["locale"]
        if about["rules"]:
            options["ICU_RULES"] = about["rules"]
    return " ".join(f"{name} {literal(value)}" for name, value in options.items())


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
        missing, _ = objects.missing(facts.schema_rows(session), backup["schemas"]["bucket"], index)
        if len(missing) != backup["schemas"]["missing"]:
            raise Doubt(
                f"{len(missing)} rows have no schema, {missing[0] if missing else 'none'} first; the manifest says "
                f"{backup['schemas']['missing']}"
            )
        if facts.changelog(session) != backup["versions"]["changelog"]:
            raise Doubt("the changelog differs from the manifest")
        start = len(f"s3://{backup['schemas']['bucket']}/")
        return {address[start:] for address in missing}


def settle(beside, backup, schemas):
    """Makes the restored database this stack's own. Returns how many rows told of the bucket of another one."""
    with postgres.Session(beside) as session:
        old, moved = backup["schemas"]["bucket"], 0
        if old != schemas:
            moved = addresses.move(session, schemas, old)
            say(f"{moved} rows told of bucket {old}, and now tell of {schemas}")
        # Without statistics the first queries would be slow.
        session.run("ANALYZE")
        return moved


def put(s3, schemas, backups, backup, index, keys):
    """Writes these schemas of the backup. What the bucket holds beyond the backup stays: no row tells of it."""
    if not keys:
        return 0
    say(f"writing {len(keys)} objects to bucket {schemas}")
    contents = objects.unpack(storage.Download(s3, backups, backup["files"]["objects"]), index)
    return objects.write(s3, schemas, (item for item in contents if item[0]["key"] in keys))


if __name__ == "__main__":
    main(restore)
