"""The steps of a restore. A drill takes those that touch nothing live."""

import addresses
import facts
import lists
import objects
import postgres
import storage
from failure import Doubt, say
from postgres import identifier, literal

# pg_database.datlocprovider -> the provider, and the option that names its locale.
PROVIDERS = {"c": ("libc", None), "i": ("icu", "ICU_LOCALE"), "b": ("builtin", "BUILTIN_LOCALE")}


def _index(s3, bucket, backup):
    return objects.read_index(storage.Download(s3, bucket, backup["files"]["index"]))


def _schemas(s3, bucket, backup):
    return objects.unpack(storage.Download(s3, bucket, backup["files"]["objects"]), _index(s3, bucket, backup))


def verify(s3, bucket, backup):
    """Reads all files of the backup, before anything is done with them: a dump is SQL."""
    for name in ("database", "index"):
        storage.Download(s3, bucket, backup["files"][name]).check()
    count, told = sum(1 for _ in _schemas(s3, bucket, backup)), backup["schemas"]["count"]
    if count != told:
        raise Doubt(f"the backup is damaged: its index has {count} schemas, its manifest says {told}")


def fill(session, s3, bucket, backup, beside, owner, grants=True):
    about = backup["database"]
    say(f"restoring into {beside}")
    session.run(
        f"CREATE DATABASE {identifier(beside)} OWNER {identifier(owner)} TEMPLATE template0 {created_with(about)}"
    )
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


def check(s3, bucket, backup, beside):
    """
    What came back is what was there: every table with its rows, every row with its schema. Returns the keys of schemas
    that were lost before the backup.
    """
    with postgres.Session(beside) as session:
        rows, expected = facts.row_counts(session), backup["database"]["rows"]
        if rows != expected:
            other = sorted(table for table in {*rows, *expected} if rows.get(table) != expected.get(table))
            detail = "; ".join(f"{table}: {rows.get(table)} in place of {expected.get(table)}" for table in other)
            raise Doubt(f"rows differ from the manifest: {detail}")
        told = objects.Rows(facts.schema_rows(session), backup["schemas"]["bucket"])
        index = lists.Sorted((entry["key"], {"sha256": entry["sha256"]}) for entry in _index(s3, bucket, backup))
        missing = objects.Missing()
        for key, entry, checksums in told.matched(index):
            missing.look(key, checksums, entry)
        if missing.rows != backup["schemas"]["missing"]:
            first = f"s3://{backup['schemas']['bucket']}/{min(missing.keys)}" if missing.keys else "none"
            raise Doubt(
                f"{missing.rows} rows have no schema, {first} first; the manifest says {backup['schemas']['missing']}"
            )
        if facts.changelog(session) != backup["versions"]["changelog"]:
            raise Doubt("the changelog differs from the manifest")
        return missing.keys


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


def compared(s3, schemas, backups, backup, lost):
    """How the bucket of schemas holds each of the backup's: see `put`."""
    index, count = _index(s3, backups, backup), backup["schemas"]["count"]
    # A schema that contradicts its own row was damaged before the backup: it takes no better one's place.
    return objects.compared(s3, schemas, index, count, trusted=lambda key: key not in lost)


def put(s3, schemas, backups, backup, held, kinds):
    """
    Writes the schemas of the backup that the bucket holds in one of these ways, such as objects.ABSENT. What it holds
    beyond the backup stays: no row tells of it.
    """
    count = sum(map(held.count, kinds))
    if not count:
        return 0
    say(f"writing {count} objects to bucket {schemas}")
    contents = _schemas(s3, backups, backup)
    return objects.write(s3, schemas, (item for item, way in zip(contents, held) if way in kinds))
