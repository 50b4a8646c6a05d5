"""
Restores a backup: FROM=latest, an id, or a time.

Nothing that is live is touched until the backup was read whole and found good, restored into a database beside the live
one, and counted. Then both change their names in one transaction. The live one is kept under another name.

With ORIGIN, the restoreFrom of a new stack, the backup goes into an empty database only, and once: the comment of the
database tells what the stack began with.
"""

import time

import environment
import live
import manifest
import postgres
import preconditions
import restore_steps
import storage
import switch
from failure import Doubt, Failure, main, say
from objects import ABSENT, OTHER


def restore():
    clock = time.monotonic()
    database, owner, origin = environment.database(), environment.owner(), environment.optional("ORIGIN")
    schemas, backups = environment.schemas_bucket(), environment.backups_bucket()
    caches = None if origin else environment.needed("EMPTY_CACHES")
    if origin and (comment := live.begun(database, origin)):
        return {"restored": None, "comment": comment}
    s3 = storage.connect()
    storage.need_bucket(s3, backups, "backups")
    storage.need_bucket(s3, schemas, "schemas")
    backup = manifest.find(s3, backups, environment.needed("FROM"))
    say(f"backup {backup['id']} of {backup['snapshot']['time']}: checking every byte")
    restore_steps.verify(s3, backups, backup)

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
            restore_steps.fill(session, s3, backups, backup, beside, owner)
            try:
                lost = restore_steps.check(s3, backups, backup, beside)
            except Doubt as doubt:
                raise Doubt(f"the live database is as it was: {doubt}") from doubt
            moved = restore_steps.settle(beside, backup, schemas)
            held = restore_steps.compared(s3, schemas, backups, backup, lost)
            # Objects that are not there harm nobody; those that differ may belong to rows that are still live, if any
            # are.
            early, late = ({ABSENT, OTHER}, set()) if origin else ({ABSENT}, {OTHER})
            written = restore_steps.put(s3, schemas, backups, backup, held, early)
            say(f"switching {database} over")
            comment = f"Restored from backup {backup['id']} at {manifest.now().strftime(manifest.SHOWN)}"
            began = live.beginning(origin or live.began_with(live.comment(session, database)))
            switch.swap(session, database, beside, aside, comment + began)
        except BaseException:
            switch.drop(beside)
            raise
        say(f"{database} is now the restored one" + (f"; what was live is kept as {aside}" if had_live else ""))
        if caches:
            say(f"the app goes on answering from its caches with what is no longer there, until you run: {caches}")
        try:
            replaced = restore_steps.put(s3, schemas, backups, backup, held, late)
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
                f"{database} is restored, but the objects that differ in bucket {schemas}, "
                f"{sum(map(held.count, late))}, may not all be put back: {reason}. Restore again."
            ) from error
    if lost:
        say(f"{len(lost)} schemas that rows tell of were lost before this backup; {min(lost)} is one")
    return {
        "restored": backup["id"],
        "snapshot": backup["snapshot"]["time"],
        "rows": sum(backup["database"]["rows"].values()),
        "rowsMoved": moved,
        "schemas": backup["schemas"]["count"],
        "schemasWritten": written + replaced,
        "schemasLost": len(lost),
        "before": kept,
        "caches": caches,
        # The migrations of a new stack come after this.
        "migrate": None if origin else migrate(before, backup["versions"]["changelog"]),
        "seconds": round(time.monotonic() - clock, 1),
    }


def migrate(before, restored):
    """The command that brings the restored database to what the app ran on; None if it is there already."""
    if before and before == restored:
        return None
    command = f"components/migrations/liquibase.sh {environment.optional('NAMESPACE')} update"
    changes = restored["changes"] if restored else 0
    had = f"the one before had {before['changes']}" if before else "what the app needs cannot be told from a live one"
    say(f"the restored database has {changes} changes, {had}: run {command}")
    return command


def name(database, kind, run):
    """PostgreSQL cuts names after 63 bytes, so a long one is cut here, before its end is put on."""
    return f"{database[:30]}_{kind}_{run}"


if __name__ == "__main__":
    main(restore)
