from datetime import timedelta

import pytest

import drill
import manifest
from failure import Doubt

HOUR = 3600


def made(hours_ago, took):
    time = manifest.now() - timedelta(hours=hours_ago)
    return {"id": "one", "snapshot": {"time": time.isoformat()}, "seconds": took * HOUR}


def test_the_next_backup_may_take_as_long_as_the_last_one():
    drill.fresh(made(30, took=5), 26 * HOUR)
    with pytest.raises(Doubt, match=r"is 32\.0 hours old; with backupMaxAgeHours it may be 26, and 5\.0 more"):
        drill.fresh(made(32, took=5), 26 * HOUR)


def test_it_may_have_any_age():
    drill.fresh(made(10_000, took=0), 0)
