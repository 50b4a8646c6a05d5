"""
Tries a restore: the newest backup, into a throwaway PostgreSQL inside this pod. FROM may name another backup, as for a
restore.

It reads the backups bucket and writes one file there, its result. It knows no way to the live database, and no live
bucket.
"""

import shutil
import time

import botocore.exceptions

import drill_results
import environment
import invariants
import manifest
import postgres
import restore_steps
import storage
import throwaway
from failure import Doubt, Failure, main, say

HOUR = 3600


def drill():
    started, clock = manifest.now(), time.monotonic()
    s3 = storage.connect()
    bucket = environment.backups_bucket()
    storage.need_bucket(s3, bucket, "backups")
    result = {
        "id": manifest.new_id(),
        "started": started.strftime(manifest.SHOWN),
        "from": environment.needed("FROM"),
        "backup": None,
        "ok": False,
    }
    try:
        tried(s3, bucket, result)
    except (Failure, botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as error:
        result["error"] = str(error)
        note(s3, bucket, result, clock)
        raise
    result["ok"] = True
    note(s3, bucket, result, clock)
    return result


def note(s3, bucket, result, clock):
    result["finished"] = manifest.now().strftime(manifest.SHOWN)
    result["seconds"] = round(time.monotonic() - clock, 1)
    try:
        drill_results.write(s3, bucket, result)
    except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as error:
        if result["ok"]:
            raise
        # Why the drill failed is what its reader wants to know; an alert misses the good result.
        say(f"the result cannot be written to bucket {bucket}: {error}")


def tried(s3, bucket, result):
    database, owner = environment.database(), environment.owner()
    backup = manifest.find(s3, bucket, result["from"])
    result["backup"], result["snapshot"] = backup["id"], backup["snapshot"]["time"]
    if result["from"] == "latest":
        fresh(backup, int(environment.needed("BACKUP_MAX_AGE_SECONDS", r"\d+")))
    say(f"backup {backup['id']} of {backup['snapshot']['time']}: checking every byte")
    restore_steps.verify(s3, bucket, backup)

    folder = environment.needed("DRILL_FOLDER")
    room(folder, backup)
    with throwaway.Server(folder, owner):
        with postgres.Session("postgres") as session:
            ready(session, backup)
            # Grants name roles of the live server; whether these are there is no question of the backup.
            restore_steps.fill(session, s3, bucket, backup, database, owner, grants=False)
        say("comparing rows, changelog and schemas with the manifest")
        lost = restore_steps.check(s3, bucket, backup, database)
        say("reading every row and every index")
        invariants.check(database)
    result["rows"] = sum(backup["database"]["rows"].values())
    result["schemas"] = backup["schemas"]["count"]
    if lost:
        raise Doubt(
            f"backup {backup['id']} can be restored, but {len(lost)} schemas were lost before it: their rows are "
            f"there, and their content is not; {min(lost)} is one"
        )


def fresh(backup, max_age):
    age = (manifest.now() - manifest.time_of(backup["snapshot"]["time"])).total_seconds()
    # The next one may take as long, and counts when it is done.
    took = backup["seconds"]
    if max_age and age > max_age + took:
        raise Doubt(
            f"the newest backup, {backup['id']}, is {age / HOUR:.1f} hours old; with backupMaxAgeHours it may be "
            f"{max_age / HOUR:g}, and {took / HOUR:.1f} more, as long as it took: backups have stopped, or fail"
        )


def room(folder, backup):
    free = shutil.disk_usage(folder).free
    # Indexes are built, and the log is written, before either is cut back.
    need = int(backup["database"]["bytes"] * 1.5) + 256 * storage.MEBIBYTE
    if free < need:
        raise Doubt(
            f"the drill needs {need // storage.MEBIBYTE} MiB, and its volume has {free // storage.MEBIBYTE}: raise "
            f"drillStorageSize"
        )


def ready(session, backup):
    here, made = postgres.server_major(session), backup["versions"]["postgresNumber"] // 10000
    if here < made:
        raise Doubt(
            f"the backup is of PostgreSQL {made}, this image has {here}: an older one cannot read it; see backupImage"
        )


if __name__ == "__main__":
    main(drill)
