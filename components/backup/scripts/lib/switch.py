"""Puts a restored database in the place of the live one: one transaction of two renames, done wholly or not at all."""

import re
import threading

from failure import Failure, say
from postgres import DatabaseError, Session, identifier, literal

ATTEMPTS = 5

# Only connections that this role may end: one refusal would fail the statement for all.
_SEND_AWAY = """
SELECT coalesce(json_agg(pg_terminate_backend(a.pid)), '[]')
FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
WHERE a.datname IN ({names}) AND a.pid <> pg_backend_pid()
  AND (pg_has_role(current_user, r.oid, 'MEMBER')
    OR (NOT r.rolsuper AND pg_has_role(current_user, 'pg_signal_backend', 'MEMBER')))
"""

_CONNECTED = """
SELECT coalesce(
    json_agg(DISTINCT coalesce(usename, backend_type) || ' (' || coalesce(application_name, '') || ')'), '[]'
)
FROM pg_stat_activity WHERE datname IN ({names})
"""


def swap(session, live, restored, aside, comment):
    """
    `live` becomes `aside`, `restored` becomes `live`. The session belongs to another database, and holds the lock of
    restores: if its connection is lost, so is the lock, and then nothing is switched.

    A rename locks the database against new connections and then waits up to five seconds for the others to leave.
    Meanwhile a second session sends them away, so nobody can come back in between; the first that connects afterwards
    finds the new one.
    """
    renames = [f"ALTER DATABASE {identifier(restored)} RENAME TO {identifier(live)}"]
    if exists(session, live):
        renames.insert(0, f"ALTER DATABASE {identifier(live)} RENAME TO {identifier(aside)}")
    comment = f"COMMENT ON DATABASE {identifier(live)} IS {literal(comment)}"
    session.run("SET lock_timeout = '10s'")
    names = ", ".join(map(literal, (live, restored)))
    for _ in range(ATTEMPTS):
        with _Sender(names):
            try:
                failed = session.attempt([*renames, comment])
            except DatabaseError as error:
                raise Failure(
                    "the connection was lost during the switch, which happened wholly or not at all: the comment of "
                    f"database {live} tells (psql: \\l+ {live}), and {aside} is there if it did. {error}"
                ) from error
        if failed is None:
            return
        if "being accessed by other users" not in failed and "lock timeout" not in failed:
            raise DatabaseError(f"the switch was refused, and the live database is as it was: {failed}")
    holders = session.value(_CONNECTED.format(names=names))
    raise Failure(
        f"the live database is as it was: after {ATTEMPTS} attempts it is still held by "
        f"{', '.join(holders) or 'somebody'}. End these connections (this role may not) and restore again."
    )


def exists(session, name):
    return session.value(f"SELECT json_build_array(count(*)) FROM pg_database WHERE datname = {literal(name)}")[0] == 1


class _Sender:
    """Sends connections away, again and again, from a session of its own, until the switch is over."""

    def __init__(self, names):
        self._statement = _SEND_AWAY.format(names=names)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self):
        self._thread.start()

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _work(self):
        try:
            with Session("postgres") as session:
                while not self._over.is_set():
                    session.run(self._statement)
                    self._over.wait(0.1)
        except DatabaseError:
            # The switch itself then fails, and says why.
            pass


def leftovers(session, pattern):
    """Databases whose whole name matches."""
    names = session.value("SELECT coalesce(json_agg(datname ORDER BY datname), '[]') FROM pg_database")
    return [name for name in names if re.fullmatch(pattern, name)]


def drop(database):
    """Best effort: what is left is dropped by the next restore."""
    try:
        with Session("postgres") as session:
            session.run(f"DROP DATABASE IF EXISTS {identifier(database)} WITH (FORCE)")
    except DatabaseError as error:
        say(f"{database} could not be dropped and is left for the next restore: {error}")
