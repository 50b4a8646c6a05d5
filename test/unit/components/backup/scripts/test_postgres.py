import subprocess

import pytest

import postgres


@pytest.mark.parametrize(
    ("said", "used"),
    [
        # Since PostgreSQL 16, built with it and without; and before.
        ('pg_dump: error: connection to server on socket "/nowhere/.s.PGSQL.5432" failed', "--compress=zstd"),
        ("pg_dump: error: this build does not support compression with zstd", "--compress=1"),
        ('pg_dump: error: invalid value "zstd" for option -Z/--compress', "--compress=1"),
    ],
)
def test_a_dump_is_compressed_by_the_best_that_its_program_can(monkeypatch, said, used):
    def run(command, **_):
        assert "--compress=zstd" in command
        return subprocess.CompletedProcess(command, 1, stderr=said)

    monkeypatch.setattr(subprocess, "run", run)
    assert postgres.compression() == used
