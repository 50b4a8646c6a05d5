"""
Makes one backup: the database and the schemas bucket, under a prefix of its own in the backups bucket.

The order is what makes it consistent. The app writes a schema's object before it commits the schema's row, and never
changes it afterwards. So the database's snapshot comes first and the bucket is listed after it: every row of the
snapshot finds its object in the listing. The other way round, a schema applied in between would have a row and no
object. What the listing holds beyond the snapshot are objects without a row, which nobody sees.

A snapshot does not hold against TRUNCATE, nor against an ALTER TABLE that rewrites: the table is empty for it from then
on. So all tables are locked against these before the snapshot is taken, until dump and counts are done.
"""

import os
import time

import environment
import facts
import manifest
import objects
import postgres
import storage
from failure import Doubt, Failure, say
from postgres import literal


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
    with postgres.Session(database) as session:
        # The transaction lasts until the schemas are packed: all that is told of the database is of one moment.
        session.run("SET idle_in_transaction_session_timeout = 0")
        with postgres.Session(database) as counting:
            counting.run("SET idle_in_transaction_session_timeout = 0")
            tables = facts.tables(counting)
            # Neither BEGIN nor LOCK takes a snapshot.
            for one, kept in ((session, [table for table in tables if table[1] == facts.SCHEMAS]), (counting, tables)):
                one.run("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                one.keep(kept)
            snapshot = session.value("SELECT json_build_array(pg_export_snapshot())")[0]
            about = facts.about(session)
            say(f"snapshot of {about['time']}, {about['bytes']} bytes in the database")
            counting.run(f"SET TRANSACTION SNAPSHOT {literal(snapshot)}")
            with postgres.dump(database, snapshot) as dump:
                # It has its own locks once it writes: what waits for those of the counts can no longer come in between.
                dump.stream.peek()
                changelog, rows = facts.changelog(counting), facts.row_counts(counting)
                database_file = _database(s3, backups, backup_id, dump)
        say(f"{database_file['key']}: {database_file['size']} bytes, {sum(rows.values())} rows in {len(rows)} tables")

        # After the snapshot, never before it.
        objects_file, index = _objects(s3, schemas, backups, backup_id)
        index_file = _index(s3, backups, backup_id, index)
        say(f"{objects_file['key']}: {objects_file['size']} bytes, {len(index)} objects")
        by_key = {entry["key"]: entry for entry in index}
        missing, elsewhere = objects.missing(facts.schema_rows(session), schemas, by_key)
        if elsewhere:
            say(f"{elsewhere} rows name another bucket than {schemas}: this backup does not hold their schemas")

    with postgres.Session(database) as session:
        if facts.about(session)["oid"] != about["oid"]:
            raise Failure("the database was replaced by a restore while it was backed up: the backup does not count")

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
                "count": len(index),
                "bytes": sum(entry["size"] for entry in index),
                "missing": len(missing),
                "elsewhere": elsewhere,
            },
            "files": {"database": database_file, "objects": objects_file, "index": index_file},
        },
    )
    if missing:
        raise Lost(
            f"backup {backup_id} is complete and counts, but {len(missing)} schemas were lost before it: their rows "
            f"are in the database, and bucket {schemas} does not hold their content; {missing[0]} is one. Look for "
            "older versions of these objects in the bucket, and for an older backup."
        )
    files = (database_file, objects_file, index_file)
    return {"backup": backup_id, "seconds": seconds, "bytes": sum(file["size"] for file in files)}


def _database(s3, bucket, backup_id, dump):
    with storage.Upload(s3, bucket, manifest.key_of(backup_id, "database.dump")) as upload:
        while data := dump.stream.read(storage.MEBIBYTE):
            upload.write(data)
        # The stream of a dump that failed ends like that of one that did not.
        dump.finish()
        return upload.finish()


def _objects(s3, schemas, bucket, backup_id):
    with storage.Upload(s3, bucket, manifest.key_of(backup_id, "schemas.tar.gz")) as upload:
        index = list(objects.pack(s3, schemas, objects.current(s3, schemas), upload))
        return upload.finish(), index


def _index(s3, bucket, backup_id, index):
    with storage.Upload(s3, bucket, manifest.key_of(backup_id, "schemas.jsonl")) as upload:
        objects.write_index(index, upload)
        return upload.finish()
