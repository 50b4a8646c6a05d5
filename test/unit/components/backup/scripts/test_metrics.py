import threading
import urllib.request
from http.server import BaseHTTPRequestHandler

import pytest

import list as listing
import metrics
from samples import BACKUPS, MANIFEST, READ
from test_certificate import chain_of, day


class PausedError(BaseException):
    """In the place of the pause between two readings."""


@pytest.fixture
def read_once(s3, monkeypatch):
    """Lets the reader's thread read once. Returns the reader."""

    def pause(_):
        raise PausedError

    def read(spoil=None):
        reader = metrics.Reader()
        if spoil:
            monkeypatch.setattr(reader, "_read", spoil)
        monkeypatch.setattr("time.sleep", pause)
        with pytest.raises(PausedError):
            reader.run()
        return reader

    return read


def test_rows_of_another_bucket_are_listed_and_told_and_older_backups_do_not_tell():
    older = {**MANIFEST, **READ}
    newer = {**older, "schemas": {**MANIFEST["schemas"], "elsewhere": 1}}
    assert listing.row("id", False, newer).endswith("1 rows name another bucket")
    assert "another bucket" not in listing.row("id", False, older)
    told = [metrics.of_backups([("id", False, one)])["justdb_backup_last_schemas_elsewhere"] for one in (newer, older)]
    assert told == [1, 0]


def test_every_metric_is_explained(read_once):
    told = [line.split()[0] for line in read_once().text().splitlines() if not line.startswith("#")]
    assert "justdb_backups" in told
    assert set(metrics.of_backups([("id", False, {**MANIFEST, **READ})])) <= set(metrics.HELP)


def test_the_time_of_each_credential_is_told_by_its_name_but_none_that_is_not_known(read_once, monkeypatch):
    monkeypatch.setenv("CREDENTIALS", '[{"name": "jwt", "created": "2026-01-11T02:15:00Z"}, {"name": "redis"}]')
    monkeypatch.setenv("CREDENTIAL_MAX_AGE_SECONDS", "86400")
    told = read_once().text().splitlines()
    created = [line for line in told if line.startswith("justdb_credential_created_timestamp_seconds{")]
    time = metrics.timestamp("2026-01-11T02:15:00Z")
    assert created == [f'justdb_credential_created_timestamp_seconds{{credential="jwt"}} {time}']
    assert "justdb_credential_max_age_seconds 86400" in told


def test_the_reader_goes_on_after_an_error_that_nobody_thought_of_counts_it_and_says_it(read_once, capsys):
    reader = read_once(lambda: {}["what nobody thought of"])
    assert "KeyError: 'what nobody thought of'" in capsys.readouterr().out
    assert reader.text().splitlines()[-1] == "justdb_backup_metrics_errors_total 1"


def test_a_bucket_that_is_gone_is_an_error_and_what_was_read_is_told_on(read_once, s3, capsys):
    reader = read_once()
    s3.delete_bucket(Bucket=BACKUPS)
    with pytest.raises(PausedError):
        reader.run()
    assert f"the backups bucket {BACKUPS} does not exist" in capsys.readouterr().out
    assert "justdb_backups 0" in reader.text().splitlines()


def test_a_reader_that_hangs_is_not_alive(read_once):
    reader = read_once()
    assert reader.is_alive()
    reader.tried -= metrics.HANGS_AFTER_SECONDS
    assert not reader.is_alive()


def test_the_certificate_is_told_as_soon_as_it_can_be_read(read_once, monkeypatch, tmp_path, capsys):
    file = tmp_path / "tls.crt"
    monkeypatch.setenv("CERTIFICATE_FILE", str(file))
    reader = read_once()
    assert "justdb_certificate" not in reader.text()
    assert f"the certificate {file} cannot be read, and is tried again" in capsys.readouterr().out
    file.write_bytes(chain_of((1, 91)))
    with pytest.raises(PausedError):
        reader.run()
    lines = reader.text().splitlines()
    assert f"justdb_certificate_not_before_timestamp_seconds {day(1).timestamp()}" in lines
    assert f"justdb_certificate_not_after_timestamp_seconds {day(91).timestamp()}" in lines


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_the_server_listens_on_addresses_of_both_versions(host):
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with metrics.Server(("", 0), Answer) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        with urllib.request.urlopen(f"http://{host}:{server.server_port}/", timeout=5) as answer:
            assert answer.status == 204
