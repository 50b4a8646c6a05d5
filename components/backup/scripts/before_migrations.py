"""
Makes a backup before pending changes of the database are made, if there is anything to lose.

It is a step before the container that makes the changes, which is the one whose last words Pulumi shows. So this one
ends well, and leaves in the file FAILED why the changes must not be made.
"""

import os
from pathlib import Path

import consistent_backup
import environment
import facts
import postgres
from failure import Failure, main, say, tried


def before_migrations():
    failed = Path(environment.needed("FAILED"))
    if failed.exists():
        say("the step before failed, so no backup is made")
        return None
    # What the step before has found. An empty file: nothing is pending.
    if os.path.getsize(environment.needed("PENDING")) == 0:
        say("nothing is pending, so no backup is made")
        return None
    try:
        return tried(_backup)
    except consistent_backup.Lost as lost:
        # It counts; and a schema that is gone must not keep the database from being changed for ever.
        say(str(lost))
    except Failure as failure:
        namespace = environment.needed("NAMESPACE")
        reason = (
            f"There is no backup of before the pending changes: {failure}. So none of them was made, and the app that "
            "runs was not touched. Put that right, and run pulumi up again; docs/runbooks/backup.md tells more. To "
            f"make the changes without a backup: components/migrations/liquibase.sh {namespace} update, and then "
            "pulumi up."
        )
        say(f"FAILED: {reason}")
        failed.write_text(reason, encoding="utf-8")
    return None


def _backup():
    postgres.wait_until_ready()
    with postgres.Session(environment.database()) as session:
        if not facts.held(session):
            say("the database holds no rows, so no backup is made")
            return None
    return consistent_backup.make()


if __name__ == "__main__":
    main(before_migrations)
