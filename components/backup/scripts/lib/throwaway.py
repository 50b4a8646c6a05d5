"""
A PostgreSQL server that lives as long as its `with` block, is reached through a socket in this pod only, and leaves
nothing.

A dump is SQL, and may say whatever it likes. So nobody logs in but the owner of what is restored, who is no superuser:
`RESET ROLE` leads to the same role, which may run no program and read no file.
"""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time

import postgres
from failure import Failure, say
from postgres import identifier

SETTINGS = {
    # Nobody but this pod: not even by its own loopback address.
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "10",
    "shared_buffers": "64MB",
    "maintenance_work_mem": "64MB",
    # Files in place of /dev/shm, whose size is the container runtime's affair.
    "dynamic_shared_memory_type": "mmap",
    "max_parallel_workers": "0",
    "max_parallel_maintenance_workers": "0",
    # After a crash it is thrown away, not recovered.
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
    "autovacuum": "off",
    "jit": "off",
    # What a statement is refused for, its client says.
    "log_min_messages": "fatal",
}
# With a capital letter, as no owner has one in its name.
SUPERUSER = "Superuser"
START_SECONDS = 60
STOP_SECONDS = 20


class Server:
    def __init__(self, folder, owner):
        self._owner = owner
        self._data = os.path.join(folder, "pgdata")
        self._process = None
        self._socket = None

    def __enter__(self):
        # What another try left, should the volume outlive it.
        shutil.rmtree(self._data, ignore_errors=True)
        self._socket = tempfile.mkdtemp(prefix="drill-")
        try:
            self._make()
            self._start()
            self._hand_over()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _make(self):
        command = [
            "initdb",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--data-checksums",
        ]
        command += ["--auth-local=trust", "--auth-host=reject", f"--pgdata={self._data}"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise Failure(f"initdb ended with {done.returncode}: {done.stderr.strip()}")

    def _start(self):
        options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        command = ["postgres", "-D", self._data, *options, f"-cunix_socket_directories={self._socket}"]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        # The programs of PostgreSQL find it by these.
        os.environ.update(PGHOST=self._socket, PGPORT="5432", PGUSER=SUPERUSER)
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run(["pg_isready", "--quiet", "--dbname=postgres"]).returncode != 0:
            if self._process.poll() is not None:
                raise Failure(f"the throwaway PostgreSQL ended with {self._process.returncode} at its start: see above")
            if time.monotonic() > deadline:
                raise Failure(f"the throwaway PostgreSQL was not ready after {START_SECONDS} seconds")
            time.sleep(0.2)

    def _hand_over(self):
        """
        Makes what only a superuser can make, as long as there is nothing in the server that somebody else wrote; then
        shuts the superuser out.
        """
        owner = identifier(self._owner)
        # Of no name that a dump could bring.
        schema = identifier(f"amcheck_{secrets.token_hex(8)}")
        with postgres.Session("postgres") as session:
            session.run(f"CREATE ROLE {owner} LOGIN CREATEDB")
            # What is in it is in every database that is made of it.
            session.run("ALTER DATABASE template0 ALLOW_CONNECTIONS true")
            with postgres.Session("template0") as template:
                template.run(f"CREATE SCHEMA {schema}")
                template.run(f"CREATE EXTENSION amcheck SCHEMA {schema}")
                template.run(f"GRANT USAGE ON SCHEMA {schema} TO {owner}")
                template.run(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {owner}")
            session.run("ALTER DATABASE template0 ALLOW_CONNECTIONS false")
            session.run(f"ALTER ROLE {identifier(SUPERUSER)} NOLOGIN")
        os.environ["PGUSER"] = self._owner

    def __exit__(self, *_):
        if self._process is not None and self._process.poll() is None:
            # It sends its clients away and ends.
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                say("the throwaway PostgreSQL does not end by itself, and is killed")
                self._process.kill()
                self._process.wait()
        # It held a copy of the data.
        for folder in (self._data, self._socket):
            shutil.rmtree(folder, ignore_errors=True)
