"""Lists the backups that count, the newest first. FORMAT=json gives the manifests, one a line."""

import json
import os

import environment
import manifest
import storage
from failure import Doubt, main, say


def row(backup_id, hidden, found):
    if isinstance(found, manifest.Damaged):
        return f"{backup_id}  DAMAGED: {found.reason}"
    rows = sum(found["database"]["rows"].values())
    size = sum(file["size"] for file in found["files"].values())
    notes = ["past its retention"] if hidden else []
    if not found["sealed"]:
        notes.append("no seal of this stack: by its id only")
    if found["schemas"]["missing"]:
        notes.append(f"{found['schemas']['missing']} schemas were lost before it")
    if elsewhere := manifest.elsewhere(found):
        notes.append(f"{elsewhere} rows name another bucket")
    return (
        f"{backup_id}  {found['snapshot']['time'][:19]}Z  {rows:>10} rows  {found['schemas']['count']:>7} schemas"
        f"  {size / storage.MEBIBYTE:>9.1f} MiB  {found['seconds']:>7.1f} s  {'; '.join(notes)}".rstrip()
    )


def show():
    s3 = storage.connect()
    bucket = environment.backups_bucket()
    storage.need_bucket(s3, bucket, "backups")
    damaged = 0
    backups = list(manifest.every(s3, bucket))
    for backup_id, hidden, found in reversed(backups):
        is_damaged = isinstance(found, manifest.Damaged)
        damaged += is_damaged
        if os.environ.get("FORMAT") == "json":
            print(json.dumps({"id": backup_id, "damaged": found.reason} if is_damaged else {**found, "hidden": hidden}))
        else:
            print(row(backup_id, hidden, found))
    if not backups:
        say(f"there is no finished backup in bucket {bucket}")
    if damaged:
        raise Doubt(f"{damaged} of {len(backups)} backups are damaged")


if __name__ == "__main__":
    main(show)
