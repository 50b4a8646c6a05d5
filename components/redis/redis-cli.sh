#!/bin/sh
# redis-cli with the password of this pod.
REDISCLI_AUTH=$(cat /run/redis/password)
PATH=${PATH#/etc/redis:}
export REDISCLI_AUTH PATH
exec redis-cli "$@"
