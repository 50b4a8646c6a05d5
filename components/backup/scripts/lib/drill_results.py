"""Results of drills, in the backups bucket: good or not, and why not."""

from functools import partial

import manifest
import sealed
from failure import Doubt

FORMAT = 1
PREFIX = "drills/"
_SHAPE = {"format": int, "id": str, "from": str, "ok": bool, "finished": str, "seconds": (int, float)}


def key_of(drill_id):
    return f"{PREFIX}{drill_id}.json"


def write(s3, bucket, result):
    sealed.write(s3, bucket, key_of(result["id"]), {"format": FORMAT, **result})


def _read(s3, bucket, key, version):
    result, written = sealed.read(s3, bucket, key, version)
    sealed.check_shape(key, result, _SHAPE)
    sealed.check_time(key, result["finished"], written)
    if result["format"] != FORMAT or key_of(result["id"]) != key:
        raise Doubt(f"{key} is not the result of this drill")
    return result


def every(s3, bucket, known):
    """All results, the oldest first; Damaged in the place of one that cannot be trusted. Ids sort by time."""
    found = sealed.versions(s3, bucket, PREFIX, f"{PREFIX}{manifest.ID}\\.json")
    return sealed.judged(
        sealed.remembered(known, key, version, partial(_read, s3, bucket, key, version))
        for key, (version, _) in sorted(found.items())
    )
