"""The steps of a restore. A drill takes those that touch nothing live."""

import addresses
import facts
import objects
import postgres
import storage
from failure import Doubt, say
from postgres import identifier, literal

# pg_database.datlocprovider -> the provider, and the option that names its locale.
PROVIDERS = {"c": ("libc", None), "i": ("icu", "ICU_LOCALE"), "b": ("builtin", "BUILTIN_LOCALE")}


def verified(s3, bucket, backup):
    """Reads all files of the backup once, before anything is done with them. Returns the index of its schemas."""
    storage.Download(s3, bucket, backup["files"]["database"]).check()
    index = objects.read_index(storage.Download(s3, bucket, backup["files"]["index"]))
    if len(index) != backup["schemas"]["count"]:
        raise Doubt(
            f"the backup is damaged: its index has {len(index)} schemas, its manifest says {backup['schemas']['count']}"
        )
    for _ in objects.unpack(storage.Download(s3, bucket, backup["files"]["objects"]), index):
        pass
    return index


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


def check(beside, backup, index):
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
