"""
From when until when a certificate is good. Python reads that only of authorities, and the image has nothing else that
does: so it is read from its place in the certificate, which RFC 5280 (section 4.1) fixes.
"""

import re
import ssl
from datetime import datetime, timezone

BLOCK = re.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)

# Tags of ASN.1.
VERSION, UTC_TIME = 0xA0, 0x17


def life(pem):
    """Beginning and end, as timestamps: of the certificate of a chain that ends first. Fails with a ValueError."""
    lives = [_life_of(ssl.PEM_cert_to_DER_cert(block)) for block in BLOCK.findall(pem)]
    if not lives:
        raise ValueError("there is no certificate in it")
    return min(lives, key=lambda life: life[1])


def _life_of(der):
    try:
        _, start, _ = _element(der, 0)
        _, start, _ = _element(der, start)
        tag, _, end = _element(der, start)
        # A certificate of the first version does not tell its version.
        serial_number = end if tag == VERSION else start
        _, _, algorithm = _element(der, serial_number)
        _, _, issuer = _element(der, algorithm)
        _, _, validity = _element(der, issuer)
        _, not_before, _ = _element(der, validity)
        begin, not_after = _time(der, not_before)
        return begin, _time(der, not_after)[0]
    except IndexError:
        raise ValueError("a certificate in it is cut off") from None


def _element(der, at):
    """Its tag, and where its content starts and ends."""
    tag, length, start = der[at], der[at + 1], at + 2
    if length & 0x80:
        octets = length & 0x7F
        length, start = int.from_bytes(der[start : start + octets], "big"), start + octets
    return tag, start, start + length


def _time(der, at):
    """A time, and where what follows it starts."""
    tag, start, end = _element(der, at)
    text = der[start:end].decode("ascii")
    if tag == UTC_TIME:
        # Two digits of a year: of before 2050.
        text = ("20" if text < "50" else "19") + text
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=timezone.utc).timestamp(), end
