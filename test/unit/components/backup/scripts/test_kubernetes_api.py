import datetime
import http.server
import io
import ipaddress
import socketserver
import ssl
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

import failure
import kubernetes_api
from serving import serve


@pytest.mark.parametrize(
    ("host", "url"), [("10.96.0.1", "https://10.96.0.1:443"), ("fd00:10:96::1", "https://[fd00:10:96::1]:443")]
)
def test_its_url_has_the_address_that_the_kubelet_gives(monkeypatch, host, url):
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", host)
    monkeypatch.setenv("KUBERNETES_SERVICE_PORT", "443")
    assert kubernetes_api.server() == url


@pytest.fixture
def api(monkeypatch, tmp_path):
    """What is asked, and a token to ask with. Each answer is an empty object."""
    asked = []

    class Answer(io.BytesIO):
        headers: ClassVar = {"Date": "now"}

    def answer(request, **_):
        asked.append((request.get_method(), request.full_url, request.data, request.get_header("Authorization")))
        return Answer(b"{}")

    (tmp_path / "token").write_text("secret\n")
    monkeypatch.setattr(kubernetes_api, "CREDENTIALS", str(tmp_path))
    monkeypatch.setattr(kubernetes_api, "server", lambda: "https://api")
    monkeypatch.setattr(kubernetes_api, "_trust", lambda: None)
    monkeypatch.setattr(kubernetes_api.urllib.request, "urlopen", answer)
    return asked


def test_asks_for_a_list_by_its_labels(api):
    kubernetes_api.get("/api/v1/pods", labelSelector="app=a")
    assert api == [("GET", "https://api/api/v1/pods?labelSelector=app%3Da", None, "Bearer secret")]


def test_makes_an_object(api):
    kubernetes_api.create("/api/v1/events", {"reason": "a"})
    assert api == [("POST", "https://api/api/v1/events", b'{"reason": "a"}', "Bearer secret")]


def test_gives_the_headers_too(api):
    assert kubernetes_api.ask("/version") == ({}, {"Date": "now"})


def test_outside_of_the_cluster_it_is_asked_by_a_socket(monkeypatch, tmp_path):
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append((self.path, self.headers["Host"], self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(201 if self.path == "/good" else 403)
            self.end_headers()
            self.wfile.write(b'{"a": 1}')

        def log_message(self, *_):
            pass

        def address_string(self):
            return "socket"

    with socketserver.UnixStreamServer(str(tmp_path / "api"), Handler) as server:
        serve(server)
        monkeypatch.setenv("KUBERNETES_SOCKET", str(tmp_path / "api"))
        # Of no use to a socket.
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
        assert kubernetes_api.create("/good", {}) == {"a": 1}
        with pytest.raises(kubernetes_api.Refused, match="403 to /bad") as refused:
            kubernetes_api.create("/bad", {})
        assert refused.value.status == 403
        server.shutdown()
    # The one address that kubectl proxy takes unasked.
    assert asked[0] == ("/good", "localhost", b"{}")
    with pytest.raises(kubernetes_api.Failure, match="cannot be reached"):
        kubernetes_api.get("/good")


def name_of(text):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def certificate(subject, issuer, key, signer, extension):
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name_of(issuer), name_of(subject), key.public_key(), x509.random_serial_number())
    day = datetime.timedelta(days=1)
    signed = builder.not_valid_before(now - day).not_valid_after(now + day).add_extension(extension, critical=True)
    return signed.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def cluster(monkeypatch, tmp_path):
    """An API server like that of EKS, whose CA says that it is one and nothing more, for a Python as strict as 3.13."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    authority = certificate("kubernetes", "kubernetes", keys[0], keys[0], x509.BasicConstraints(True, None))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    leaf = certificate("kube-apiserver", "kubernetes", keys[1], keys[0], address)
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "server.pem").write_bytes(keys[1].private_bytes(*plain) + leaf)
    (tmp_path / "ca.crt").write_bytes(authority)
    (tmp_path / "token").write_text("secret")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(tmp_path / "server.pem")
    server.socket = own.wrap_socket(server.socket, server_side=True)
    serve(server)
    default = ssl.create_default_context

    def strict(**options):
        context = default(**options)
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        return context

    monkeypatch.setattr(kubernetes_api, "CREDENTIALS", str(tmp_path))
    monkeypatch.setattr(kubernetes_api, "server", lambda: f"https://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(ssl, "create_default_context", strict)
    yield tmp_path
    server.shutdown()
    server.server_close()


def test_trusts_a_ca_with_as_few_extensions_as_that_of_eks(cluster):
    assert kubernetes_api.get("/api") == {}


def test_trusts_no_other_ca(cluster):
    key = ec.generate_private_key(ec.SECP256R1())
    other = certificate("kubernetes", "kubernetes", key, key, x509.BasicConstraints(True, None))
    (cluster / "ca.crt").write_bytes(other)
    with pytest.raises(failure.Failure, match="CERTIFICATE_VERIFY_FAILED"):
        kubernetes_api.get("/api")
