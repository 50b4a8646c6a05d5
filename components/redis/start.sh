#!/bin/sh
# Starts Redis in the folder of its volume. Redis ends where it cannot read its append-only file, at every start again. It is a cache:
# a file that the last start did not read to its end is put aside, and Redis begins empty. `.reading` is there until Redis has
# answered its probe. The others are the folders of what Redis runs with, and of its configuration.
set -eu
cd "$1"
run=$2 etc=$3

if [ -e .reading ] && [ -e appendonlydir ]; then
    rm -rf appendonlydir.broken
    mv appendonlydir appendonlydir.broken
    echo "The last start did not read the append-only file to its end: it is put aside as $1/appendonlydir.broken, and Redis begins empty."
fi
touch .reading

# A password of this pod alone: its probes, and whoever is in it, depend on no other.
umask 077
cat /proc/sys/kernel/random/uuid >"$run/password"
sh "$etc/users.sh" "$run" "$etc" >"$run/users.acl"
exec redis-server "$etc/redis.conf"
