#!/bin/sh
# Prints who Redis lets in: one user, by the password of this pod, and by those whose hashes are in the pod's files.
set -eu
printf 'user default on >%s' "$(cat "$1/password")"
for hash in "$2"/passwords/*; do
    if [ -e "$hash" ]; then printf ' #%s' "$(cat "$hash")"; fi
done
echo ' ~* &* +@all'
