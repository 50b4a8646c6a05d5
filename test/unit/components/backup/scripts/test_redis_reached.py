import socketserver
import ssl
import subprocess

import pytest

import redis_reached
from failure import Doubt, Failure
from serving import serve


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A certificate for localhost that signs itself, and another one, by name."""
    folder = tmp_path_factory.mktemp("redis")
    for name in ("own", "other"):
        more = ["-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        out = ["-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem"]
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        subprocess.run(["openssl", "req", "-x509", *key, *more, *out], check=True, stderr=subprocess.DEVNULL)
    return folder


class Words(socketserver.StreamRequestHandler):
    """Reads commands, and answers each with the next of the server's answers."""

    def handle(self):
        for answer in self.server.answers:
            count = int(self.rfile.readline()[1:])
            words = [self.rfile.read(int(self.rfile.readline()[1:]) + 2)[:-2].decode() for _ in range(count)]
            self.server.heard.append(words)
            self.wfile.write(answer.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that does not trust it ends the connection."""


@pytest.fixture
def redis(monkeypatch, files, no_pause):
    servers = []

    def start(*answers, tls=True, ca="own", host="localhost", user=""):
        server = Server(("127.0.0.1", 0), Words)
        server.answers, server.heard = answers, []
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(files / "own.pem", files / "own.key")
            server.socket = context.wrap_socket(server.socket, server_side=True)
        serve(server)
        servers.append(server)
        variables = {
            "REDIS_HOST": host,
            "REDIS_PORT": str(server.server_address[1]),
            "REDIS_USER": user,
            "REDIS_PASSWORD": "a password",
            "REDIS_TLS": "on" if tls else "",
            "REDIS_CA": str(files / f"{ca}.pem"),
            "VERIFIED_BY": "redisCaCertificates",
        }
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return server.heard

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_passes_when_redis_lets_the_user_in(redis):
    heard = redis("+OK", "+PONG", user="justdb")
    redis_reached.reached()
    assert heard == [["AUTH", "justdb", "a password"], ["PING"]]


def test_logs_in_by_the_password_alone_where_there_is_no_user_and_no_tls(redis):
    heard = redis("+OK", "+PONG", tls=False)
    redis_reached.reached()
    assert heard == [["AUTH", "a password"], ["PING"]]


def test_says_at_once_that_the_certificate_is_of_another_authority(redis):
    heard = redis("+OK", "+PONG", ca="other")
    with pytest.raises(Doubt, match=r"was not accepted, and nothing was sent to it: .*verified by redisCaCertificates"):
        redis_reached.reached()
    assert heard == []


def test_says_at_once_that_the_certificate_is_for_another_host(redis):
    redis("+OK", "+PONG", host="127.0.0.1")
    with pytest.raises(Doubt, match=r"(?i)ip address mismatch.*redisHost, which must be a name in it"):
        redis_reached.reached()


def test_says_at_once_whom_redis_does_not_let_in_and_no_password(redis):
    redis("-WRONGPASS invalid username-password pair", user="justdb")
    with pytest.raises(Doubt, match="does not let justdb in: WRONGPASS") as failed:
        redis_reached.reached()
    assert "a password" not in str(failed.value)


def test_waits_for_a_redis_that_is_loading(redis, monkeypatch):
    redis("-LOADING Redis is loading the dataset in memory", tls=False)
    monkeypatch.setattr(redis_reached, "PATIENCE_SECONDS", 0)
    with pytest.raises(Failure, match="does not answer as Redis: -LOADING") as failed:
        redis_reached.reached()
    assert not isinstance(failed.value, Doubt)


def test_says_that_nobody_answers(redis, monkeypatch):
    redis("+OK", "+PONG")
    monkeypatch.setenv("REDIS_PORT", "1")
    monkeypatch.setattr(redis_reached, "PATIENCE_SECONDS", 0)
    with pytest.raises(Failure, match="Redis, localhost:1, cannot be reached"):
        redis_reached.reached()
