import ssl
from datetime import datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

import certificate

KEYS = {"ECDSA": ec.generate_private_key(ec.SECP256R1()), "RSA": rsa.generate_private_key(65537, 4096)}


def day(number):
    return datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(days=number)


def made(begin, end, kind="ECDSA", name="justdb.example.com", serial=None):
    """A certificate in PEM."""
    key = KEYS[kind]
    names = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().issuer_name(names).subject_name(names).public_key(key.public_key())
    builder = builder.serial_number(serial or x509.random_serial_number()).not_valid_before(begin).not_valid_after(end)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def chain_of(*lives):
    return b"".join(made(day(begin), day(end)) for begin, end in lives)


def life(pem):
    return [datetime.fromtimestamp(time, timezone.utc) for time in certificate.life(pem.decode())]


# Lengths of one byte and of more, short and long serial numbers.
@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("name", ["a", "a" * 64])
@pytest.mark.parametrize("serial", [1, 2**158 + 1])
def test_the_life_of_a_certificate_is_read(kind, name, serial):
    assert life(made(day(0), day(90), kind, name, serial)) == [day(0), day(90)]


# Until 2049 the year has two digits in a certificate, from 2050 on four.
@pytest.mark.parametrize("year", [1999, 2000, 2049, 2050, 9999])
def test_years_of_both_forms_are_read(year):
    begin, end = datetime(1970, 1, 1, tzinfo=timezone.utc), datetime(year, 12, 31, 23, 59, 59, tzinfo=timezone.utc)
    assert life(made(begin, end)) == [begin, end]


def test_a_certificate_of_the_first_version_is_read():
    """It does not tell its version. Nothing makes such ones any more, so the version is cut out of another one."""
    der = ssl.PEM_cert_to_DER_cert(made(day(0), day(90)).decode())
    assert life(ssl.DER_cert_to_PEM_cert(der.replace(b"\xa0\x03\x02\x01\x02", b"", 1)).encode()) == [day(0), day(90)]


def test_of_a_chain_the_one_that_ends_first_counts_whatever_stands_between():
    pem = b"subject=/CN=first\n" + chain_of((0, 90)) + b"\nissuer\xc3\xa9\n" + chain_of((-400, 30), (-900, 900))
    assert [time.timestamp() for time in (day(-400), day(30))] == list(certificate.life(pem.decode()))


@pytest.mark.parametrize(
    ("pem", "why"),
    [
        ("", "there is no certificate in it"),
        ("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n", "there is no certificate in it"),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "a certificate in it is cut off"),
    ],
)
def test_what_is_no_certificate_is_a_value_error(pem, why):
    with pytest.raises(ValueError, match=why):
        certificate.life(pem)
