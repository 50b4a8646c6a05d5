"""Makes a backup before pending changes of the database are made, if there is anything to lose."""

import os

import consistent_backup
import environment
import facts
import postgres
from failure import Failure, in_words, main, say


def before_migrations():
    # What the step before has found. An empty file: nothing is pending.
    if os.path.getsize(environment.needed("PENDING")) == 0:
        say("nothing is pending, so no backup is made")
        return None
    database, namespace = environment.database(), environment.needed("NAMESPACE")
    try:
        with in_words():
            postgres.wait_until_ready()
            with postgres.Session(database) as session:
                if not facts.held(session):
                    say("the database holds no rows, so no backup is made")
                    return None
            return consistent_backup.make()
    except consistent_backup.Lost as lost:
        # It counts; and a schema that is gone must not keep the database from being changed for ever.
        say(str(lost))
        return None
    except Failure as failure:
        raise type(failure)(
            f"There is no backup of before the pending changes: {failure}. So none of them was made, and the app that "
            "runs was not touched. Put that right, and run pulumi up again; docs/runbooks/backup.md tells more. To "
            f"make the changes without a backup: components/migrations/liquibase.sh {namespace} update, and then "
            "pulumi up."
        ) from failure


if __name__ == "__main__":
    main(before_migrations)
