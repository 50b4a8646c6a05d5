"""PostgreSQL through its own programs. Passwords reach them by the environment, never by an argument."""

import contextlib
import json
import os
import re
import subprocess
import threading
import time

from failure import Failure


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def identifier(name):
    return '"' + name.replace('"', '""') + '"'


def qualified(schema, table):
    return f"{identifier(schema)}.{identifier(table)}"


# Whoever changes a table may hold it for so long; a backup that waits longer is given up, and its Job tries again.
LOCK_WAIT = "60s"


# A new pod is let through to the database a moment after its start, a server that fails over comes back, and the
# operator makes the roles of a new server a moment after it is ready.
PATIENCE_SECONDS = 60


def wait_until_ready():
    """
    Returns when the server lets the role in, or after a minute: what keeps it out is then told by the first statement.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    login = ["psql", "--no-psqlrc", "--no-password", "--quiet", "--command=SELECT 1"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    while time.monotonic() < deadline:
        if subprocess.run(login, env=_environment("postgres"), **quiet).returncode == 0:
            return
        time.sleep(1)


class DatabaseError(Failure):
    """PostgreSQL's own message."""


def _environment(database):
    # What psql and pg_dump say is read here: it must not depend on a language.
    return {
        **os.environ,
        "PGDATABASE": database,
        "PGAPPNAME": "justdb-operations",
        "PGCONNECT_TIMEOUT": "10",
        "LC_ALL": "C.UTF-8",
    }


def _connection(database):
    """A server that is cut off says nothing, and a program would wait for it for hours."""
    return (
        f"--dbname=dbname={database} keepalives_idle=30 keepalives_interval=10 keepalives_count=6 "
        "tcp_user_timeout=90000"
    )


class Session:
    """One connection, open until it is closed: what a statement has set, locked or begun is there for the next one."""

    MARK = "----justdb-end-of-answer----"

    def __init__(self, database):
        command = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]
        # Without it psql holds all rows of an answer before it prints the first.
        command += ["--set=FETCH_COUNT=1000", _connection(database)]
        self._psql = subprocess.Popen(
            command,
            # Not for pg_dump, which then would change the encoding.
            env={**_environment(database), "PGCLIENTENCODING": "UTF8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        self._errors = []
        self._reader = threading.Thread(target=lambda: self._errors.extend(self._psql.stderr), daemon=True)
        self._reader.start()
        self._database = database

    def __enter__(self):
        # Such a database may hold any bytes, and would refuse to tell those that are not of the encoding.
        self.run("SELECT set_config('client_encoding', 'SQL_ASCII', false) WHERE getdatabaseencoding() = 'SQL_ASCII'")
        return self

    def __exit__(self, *_):
        # Without its standard input psql ends; what it had begun is rolled back. One that hangs is ended.
        with contextlib.suppress(OSError):
            self._psql.stdin.close()
        try:
            self._psql.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._psql.kill()
            self._psql.wait()

    def lines(self, statement):
        """Runs statements, and returns the lines of their answers as they come."""
        try:
            self._psql.stdin.write(f"{statement};\n\\echo {self.MARK}\n")
            self._psql.stdin.flush()
        except OSError:
            raise self._failed() from None
        for line in self._psql.stdout:
            if line.rstrip("\n") == self.MARK:
                return
            yield line.rstrip("\n")
        raise self._failed()

    def run(self, statement):
        return list(self.lines(statement))

    def attempt(self, statements):
        """Runs statements in one transaction. A refusal is returned, not raised, and leaves the session as it was."""
        # One message to the server, which is one transaction; psql itself would end at an error.
        together = "\\; ".join(statements)
        said = self.run(
            f"SELECT 1 WHERE false;\n\\set ON_ERROR_STOP off\n{together};\n\\set ON_ERROR_STOP on\n"
            "\\if :ERROR\n\\echo :'LAST_ERROR_MESSAGE'\n\\endif\nSELECT 1 WHERE false"
        )
        return "\n".join(said) or None

    def keep(self, tables):
        """Until the transaction ends nobody empties, rewrites or drops these tables; rows are written as ever."""
        if tables:
            self.run(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
            self.run(f"LOCK TABLE {', '.join(qualified(*table) for table in tables)} IN ACCESS SHARE MODE")

    def value(self, statement):
        """The one value of a SELECT, which must be JSON."""
        return json.loads("\n".join(self.run(statement)))

    def _failed(self):
        self._psql.wait()
        self._reader.join(timeout=5)
        said = "".join(self._errors).strip() or f"psql ended with {self._psql.returncode}"
        return DatabaseError(f"PostgreSQL, database {self._database}: {said}")


class Program:
    """A program of PostgreSQL with one stream to or from it. Left early, it is ended."""

    def __init__(self, name, command, database, stream):
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, stream: subprocess.PIPE}
        self._name = name
        self._process = subprocess.Popen(command, env=_environment(database), stderr=subprocess.PIPE, **pipes)
        self.stream = self._process.stdin if stream == "stdin" else self._process.stdout
        self._errors = []
        self._reader = threading.Thread(target=lambda: self._errors.extend(self._process.stderr), daemon=True)
        self._reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def finish(self):
        """Fails unless the program ended well."""
        try:
            if self._process.stdin:
                self._process.stdin.close()
        except BrokenPipeError:
            pass
        code = self._process.wait()
        self._reader.join(timeout=5)
        if code != 0:
            said = b"".join(self._errors).decode(errors="replace").strip()
            raise DatabaseError(f"{self._name} ended with {code}: {said}")


# Of pg_dump. Whatever it is, one stream: there is no disk for one file a table, which several processes could write.
ZSTD, GZIP = "--compress=zstd", "--compress=1"


def compression():
    """
    The best that pg_dump can: zstd since PostgreSQL 16, if it was built with it. Before it connects it says that it
    cannot. Gzip, at its fastest: more would cost far more time than it saves bytes.
    """
    command = ["pg_dump", "--format=custom", ZSTD, "--no-password", "--dbname=host=/nowhere"]
    said = subprocess.run(command, env=_environment(""), stderr=subprocess.PIPE, encoding="utf-8").stderr
    return GZIP if "compress" in said else ZSTD


def dump(database, snapshot):
    options = ["--format=custom", compression(), "--no-password", f"--snapshot={snapshot}"]
    options.append(f"--lock-wait-timeout={LOCK_WAIT}")
    return Program("pg_dump", ["pg_dump", *options, _connection(database)], database, "stdout")


def server_major(session):
    return session.value("SELECT json_build_array(current_setting('server_version_num')::int)")[0] // 10000


def major(program):
    said = subprocess.run([program, "--version"], stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    return int(re.search(r"\(PostgreSQL\) (\d+)", said)[1])


def needs_script(programs, server):
    """Since PostgreSQL 17 pg_restore begins with a setting that older servers refuse. A script can leave it out."""
    return programs >= 17 > server


# $1 is the connection; the others are for pg_restore. The setting is in the script's head, before any row.
_BY_SCRIPT = """
set -o pipefail
pg_restore --file=- "${@:2}" | sed '1,40{/^SET transaction_timeout = 0;$/d}' |
    psql --no-psqlrc --no-password --quiet --set=ON_ERROR_STOP=1 "$1"
"""


def restore(database, owner, grants, server):
    """Everything in it belongs to the owner, as in the original. The roles that grants name must exist."""
    options = ["--no-owner", f"--role={owner}", *([] if grants else ["--no-privileges"])]
    if needs_script(major("pg_restore"), server):
        command = ["bash", "-c", _BY_SCRIPT, "bash", _connection(database), *options]
    else:
        command = ["pg_restore", "--exit-on-error", "--no-password", _connection(database), *options]
    return Program("pg_restore", command, database, "stdin")
