"""
How an operation ends that cannot be sure: with a sentence and an exit code, never with a wrong "ok".

All that is said goes to stdout: a container's log may change the order of two streams, and the last line must be the
last.
"""

import contextlib
import json
import os
import resource
import signal
import time

import botocore.exceptions


class Failure(Exception):
    """Something went wrong that its reader can act on. The same again may work."""

    code = 1


class Doubt(Failure):
    """Trying again would not help: somebody must look. A Job starts no other pod for this code."""

    code = 3


def _report(text):
    """Kubernetes shows the last line of a pod in its status. Where there is none, nothing is written."""
    try:
        with open(os.environ.get("TERMINATION_LOG", "/dev/termination-log"), "w", encoding="utf-8") as file:
            file.write(text[:4000])
    except OSError:
        pass


def _end(*_):
    raise SystemExit(143)


@contextlib.contextmanager
def in_words():
    """What libraries raise becomes a failure with a sentence."""
    try:
        yield
    except botocore.exceptions.SSLError as error:
        # Unlike a connection that breaks off, an authority that is not known stays so.
        if "CERTIFICATE_VERIFY_FAILED" not in str(error):
            raise Failure(f"the S3 API cannot be reached by TLS: {error}") from error
        raise Doubt(
            "the certificate of the S3 API is not signed by an authority that is known here: set storageCaCertificates "
            f"to the certificates of the authorities that sign it. {error}"
        ) from error
    except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as error:
        raise Failure(f"the S3 API refuses or cannot be reached: {error}") from error
    except BrokenPipeError as error:
        raise Failure("a program ended before it had read all that it was sent") from error


PAUSE_SECONDS = 15


def tried(operation):
    """
    Tries an operation so often as TRIES says, once by default. Where an update waits for the Job, its pod does so
    itself: see components/lib/job.ts.
    """
    for left in reversed(range(int(os.environ.get("TRIES", "1")))):
        try:
            with in_words():
                return operation()
        except Failure as failure:
            if left == 0 or isinstance(failure, Doubt):
                raise
            say(f"{failure}: trying again in {PAUSE_SECONDS} s")
        time.sleep(PAUSE_SECONDS)


def main(operation):
    """Runs an operation to its end. Its result, if it has one, is the last line of the output."""
    # The first process of a container ignores SIGTERM unless it asks for it; then an upload would be left unfinished.
    signal.signal(signal.SIGTERM, _end)
    try:
        result = tried(operation)
    except Failure as failure:
        _fail(str(failure), failure.code)
    if result is not None:
        text = json.dumps({**result, "memoryMiB": _memory()})
        print(text, flush=True)
        _report(text)


def _memory():
    """What this process held at most, and the largest of those that it has started."""
    both = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(both) // 1024


def _fail(message, code):
    print(f"FAILED: {message}", flush=True)
    _report(f"FAILED: {message}")
    raise SystemExit(code)


def say(message):
    """Progress, for the log."""
    print(message, flush=True)
