"""
Makes one backup: the database and the schemas bucket, under a prefix of its own in the backups bucket.

The order is what makes it consistent. The app writes a schema's object before it commits the schema's row, and never
changes it afterwards. So the database's snapshot comes first and the bucket is listed after it: every row of the
snapshot finds its object in the listing. The other way round, a schema applied in between would have a row and no
object. What the listing holds beyond the snapshot are objects without a row, which nobody sees.

A snapshot does not hold against TRUNCATE, nor against an ALTER TABLE that rewrites: the table is empty for it from then
on. So all tables are locked against these before the snapshot is taken, until dump and counts are done.

Nothing is held while the schemas are packed. What rows tell of them was read with the snapshot and put aside, and each
is read by the version that was listed: whoever writes over it or deletes it meanwhile changes nothing of the backup.
"""

import os
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import environment
import facts
import lists
import manifest
import objects
import postgres
import storage
import uploads
from failure import Doubt, Failure, say


class Lost(Doubt):
    """The backup counts. What it is of had lost something before."""


def make():
    started, clock = manifest.now(), time.monotonic()
    s3 = storage.connect()
    database, schemas, backups = environment.database(), environment.schemas_bucket(), environment.backups_bucket()
    backup_id = manifest.new_id()
    storage.need_bucket(s3, schemas, "schemas")
    storage.need_bucket(s3, backups, "backups")
    say(f"backup {backup_id}: database {database} and bucket {schemas} into bucket {backups}")

    postgres.wait_until_ready()
    # The pool is left last: without its session, what it still does ends.
    with ThreadPoolExecutor(1) as pool, postgres.Session(database) as session:
        session.run("SET idle_in_transaction_session_timeout = 0")
        tables = facts.tables(session)
        # Neither BEGIN nor LOCK takes a snapshot.
        session.run("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        session.keep(tables)
        snapshot = session.value("SELECT json_build_array(pg_export_snapshot())")[0]
        about = facts.about(session)
        say(f"snapshot of {about['time']}, {about['bytes']} bytes in the database")
        with postgres.dump(database, snapshot) as dump:
            # It has its own locks once it writes: what waits for those of the session can no longer come in between.
            dump.stream.peek()
            counted = pool.submit(_counted, session, schemas)
            database_file = _database(s3, backups, backup_id, dump)
        changelog, rows, told = counted.result()
    say(f"{database_file['key']}: {database_file['size']} bytes, {sum(rows.values())} rows in {len(rows)} tables")
    if told.elsewhere:
        say(f"{told.elsewhere} rows name another bucket than {schemas}: this backup does not hold their schemas")

    # After the snapshot, never before it.
    listed = lists.Sorted((entry["key"], entry) for entry in objects.current(s3, schemas))
    packed, missing = _objects(s3, schemas, backups, backup_id, listed, told)
    say(f"{packed['objects']['key']}: {packed['objects']['size']} bytes, {packed['count']} objects")

    with postgres.Session(database) as session:
        if facts.about(session)["oid"] != about["oid"]:
            raise Failure("the database was replaced by a restore while it was backed up: the backup does not count")

    files = {"database": database_file, "objects": packed["objects"], "index": packed["index"]}
    seconds = round(time.monotonic() - clock, 1)
    manifest.write(
        s3,
        backups,
        {
            "format": manifest.FORMAT,
            "id": backup_id,
            "started": started.strftime(manifest.SHOWN),
            "finished": manifest.now().strftime(manifest.SHOWN),
            "seconds": seconds,
            "snapshot": {"time": about["time"], "lsn": about["lsn"]},
            "versions": {
                "app": os.environ.get("APP_IMAGE", ""),
                "postgres": about["version"],
                "postgresNumber": about["versionNumber"],
                "changelog": changelog,
            },
            "database": {
                "name": database,
                "bytes": about["bytes"],
                **{name: about[name] for name in facts.CREATED_WITH},
                "rows": rows,
            },
            "schemas": {
                "bucket": schemas,
                "count": packed["count"],
                "bytes": packed["bytes"],
                "missing": missing.rows,
                "elsewhere": told.elsewhere,
            },
            "files": files,
        },
    )
    if missing.rows:
        raise Lost(
            f"backup {backup_id} is complete and counts, but {missing.rows} schemas were lost before it: their rows "
            f"are in the database, and bucket {schemas} does not hold their content; "
            f"s3://{schemas}/{min(missing.keys)} is one. Look for older versions of these objects in the bucket, and "
            "for an older backup."
        )
    return {"backup": backup_id, "seconds": seconds, "bytes": sum(file["size"] for file in files.values())}


def _counted(session, schemas):
    """All that is told of the snapshot beside the dump. Then the session lets go of it: the dump has its own."""
    found = facts.changelog(session), facts.row_counts(session), objects.Rows(facts.schema_rows(session), schemas)
    session.run("COMMIT")
    return found


def _database(s3, bucket, backup_id, dump):
    with uploads.Upload(s3, bucket, manifest.key_of(backup_id, "database.dump")) as upload:
        while data := dump.stream.read(storage.MEBIBYTE):
            upload.write(data)
        # The stream of a dump that failed ends like that of one that did not.
        dump.finish()
        return upload.finish()


def _objects(s3, schemas, bucket, backup_id, listed, told):
    """Writes the objects and their index side by side, and holds each against the rows that tell of it."""
    missing, waiting = objects.Missing(), deque()

    def entries():
        for key, entry, checksums in told.matched(listed):
            if entry:
                waiting.append(checksums)
                yield entry
            else:
                missing.look(key, checksums, None)

    def upload(name, **more):
        return uploads.Upload(s3, bucket, manifest.key_of(backup_id, name), **more)

    count = size = 0
    # The index grows so slowly that a part of it has arrived before the next one is full: more memory would not help.
    with upload("schemas.tar.gz") as file, upload("schemas.jsonl", under_way=uploads.PART) as index:
        for entry in objects.pack(s3, schemas, entries(), file):
            index.write(objects.line(entry))
            missing.look(entry["key"], waiting.popleft(), entry)
            count += 1
            size += entry["size"]
        return {"objects": file.finish(), "index": index.finish(), "count": count, "bytes": size}, missing
