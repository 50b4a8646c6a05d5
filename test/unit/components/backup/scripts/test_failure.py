import json
import signal

import pytest
from botocore.exceptions import ClientError, SSLError

from failure import Doubt, Failure, in_words, main, tried


class Ends:
    """An operation that ends each time as it is told."""

    def __init__(self, *ends):
        self._ends = list(ends)

    def __call__(self):
        end = self._ends.pop(0)
        if isinstance(end, Exception):
            raise end
        return end

    def left(self):
        return len(self._ends)


@pytest.fixture(autouse=True)
def quick(no_pause):
    pass


def test_once_by_default():
    with pytest.raises(Failure, match="first"):
        tried(Ends(Failure("first"), "good"))


def test_so_often_as_it_is_told(monkeypatch):
    monkeypatch.setenv("TRIES", "3")
    refused = ClientError({"Error": {"Code": "SlowDown"}}, "PutObject")
    assert tried(Ends(Failure("first"), refused, "good")) == "good"
    with pytest.raises(Failure, match="third"):
        tried(Ends(Failure("first"), Failure("second"), Failure("third"), "good"))


def test_not_again_where_somebody_must_look(monkeypatch):
    monkeypatch.setenv("TRIES", "3")
    operation = Ends(Doubt("look"), "good")
    with pytest.raises(Doubt):
        tried(operation)
    assert operation.left() == 1


def test_the_last_line_is_the_result_and_what_it_took_of_memory(monkeypatch, capsys):
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setenv("TERMINATION_LOG", "/nowhere/log")
    main(Ends({"backup": "one"}))
    result = json.loads(capsys.readouterr().out)
    assert result.pop("memoryMiB") > 10
    assert result == {"backup": "one"}


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        ("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate in chain", Doubt, "set storageCaCertificates"),
        ("[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred", Failure, "cannot be reached by TLS"),
    ],
)
def test_a_certificate_that_is_not_known_stays_so(words, kind, said):
    with pytest.raises(Failure, match=said) as caught, in_words():
        raise SSLError(endpoint_url="https://store", error=words)
    assert type(caught.value) is kind
