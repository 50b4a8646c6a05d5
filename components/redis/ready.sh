#!/bin/sh
# Answers the probe of a Redis in the folder of its volume: what answers has read its file. The kubelet changes the files with the hashes of
# passwords while Redis runs, which takes them over here, and keeps its connections.
set -eu
users=$2/users.acl
sh "$3/users.sh" "$2" "$3" >"$users.new"
if [ "$(cat "$users.new")" != "$(cat "$users")" ]; then
    cp "$users" "$users.old"
    mv "$users.new" "$users"
    # What it did not take is tried again.
    redis-cli -e acl load || { mv "$users.old" "$users" && exit 1; }
fi
redis-cli -e ping
rm -f "$1/.reading"
