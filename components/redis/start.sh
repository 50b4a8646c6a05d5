#!/bin/sh
# Starts Redis in the folder of its volume. Redis ends where it cannot read its append-only file, at every start again. It is a cache:
# a file that the last start did not read to its end is put aside, and Redis begins empty. `.reading` is there until Redis has
# answered its probe.
set -eu
cd "$1"

if [ -e .reading ] && [ -e appendonlydir ]; then
    rm -rf appendonlydir.broken
    mv appendonlydir appendonlydir.broken
    echo "The last start did not read the append-only file to its end: it is put aside as $1/appendonlydir.broken, and Redis begins empty."
fi
touch .reading
exec redis-server /etc/redis/redis.conf
