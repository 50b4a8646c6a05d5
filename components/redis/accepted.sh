#!/bin/sh
# Waits until Redis, by its host and port, takes the password: its pod gets the hash from the kubelet, within two minutes or so.
set -eu
deadline=$(($(date +%s) + $3))
until said=$(redis-cli -h "$1" -p "$2" -e ping 2>&1); do
    if [ "$(date +%s)" -ge "$deadline" ]; then
        echo "Redis does not take the new password after $3 s: $said. Nothing uses it yet. Look at its pod, and run pulumi up again."
        exit 1
    fi
    sleep 1
done
echo "Redis takes the new password"
