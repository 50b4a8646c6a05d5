#!/bin/sh
# Prints who Redis lets in: one user, by the password of this pod, and by those whose hashes are in the pod's files, or which are there themselves.
set -eu
printf 'user default on >%s' "$(cat "$1/password")"
for hash in "$2"/passwords/*; do
    if [ -e "$hash" ]; then printf ' #%s' "$(cat "$hash")"; fi
done
if [ -e "$2/given" ]; then printf ' #%s' "$(sha256sum "$2/given" | cut -d ' ' -f 1)"; fi
echo ' ~* &* +@all'
