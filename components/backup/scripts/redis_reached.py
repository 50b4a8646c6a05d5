"""
Passes when a Redis outside of the cluster answers, is the one that is meant, and lets the app in: before anything of
the app is touched. If it did not, the app's pods would only say that they are not ready.
"""

import os
import socket
import ssl
import time

import environment
from failure import Doubt, Failure, main

# A new pod is let through a moment after its start, and a server that fails over comes back.
PATIENCE_SECONDS, PAUSE_SECONDS = 60, 2
# What another try would be answered with again.
REFUSALS = ("WRONGPASS", "NOAUTH", "NOPERM", "ERR")


def reached():
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return ask()
        except Failure as failure:
            if isinstance(failure, Doubt) or time.monotonic() > deadline:
                raise
        time.sleep(PAUSE_SECONDS)


def ask():
    host, port = environment.needed("REDIS_HOST"), int(environment.needed("REDIS_PORT", r"\d+"))
    who = [user] if (user := environment.optional("REDIS_USER")) else []
    name = f"Redis, {host}:{port},"
    try:
        with connected(host, port) as connection, connection.makefile("rb") as answers:
            for command in (("AUTH", *who, environment.needed("REDIS_PASSWORD")), ("PING",)):
                connection.sendall(encoded(command))
                said = answers.readline().decode(errors="replace").strip()
                if said.startswith(tuple(f"-{refusal}" for refusal in REFUSALS)):
                    raise Doubt(f"{name} does not let {user or 'the default user'} in: {said[1:]}")
                if not said.startswith("+"):
                    raise Failure(f"{name} does not answer as Redis: {said or 'it ends the connection'}")
    except ssl.SSLCertVerificationError as error:
        raise Doubt(
            f"the certificate of {name} was not accepted, and nothing was sent to it: {error.verify_message}. "
            f"It is verified by {environment.needed('VERIFIED_BY')}, and by redisHost, which must be a name in it"
        ) from None
    except OSError as error:
        raise Failure(f"{name} cannot be reached: {error}") from error


def connected(host, port):
    plain = socket.create_connection((host, port), timeout=10)
    if not environment.optional("REDIS_TLS"):
        return plain
    context = ssl.create_default_context(cafile=os.environ.get("REDIS_CA"))
    return context.wrap_socket(plain, server_hostname=host)


def encoded(command):
    """As Redis reads commands: their number of words, then each with its length."""
    words = [word.encode() for word in command]
    return b"".join([b"*%d\r\n" % len(words), *(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)])


if __name__ == "__main__":
    main(reached)
