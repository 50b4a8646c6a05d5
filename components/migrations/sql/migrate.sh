#!/bin/sh
# What the Job runs, in two steps of one pod. `check` writes the pending changes to /work/pending and finds a lock that was left
# behind; `update` makes the changes. What went wrong is the container's termination message. `run` is any command of Liquibase,
# for a person.
set -eu

pending=/work/pending
# Why a step before the changes failed. Pulumi shows the last words of a pod's container and of no init container: so those end
# well, and `update` says it.
failed=/work/failed
output=/tmp/output

# Where the last words go, and how the step ends then.
last_words=/dev/termination-log
failure=1

fail() {
    printf '%s\n' "$@" | head -c 4000 | tee "$last_words" >&2 || true
    exit "$failure"
}

# The part of Liquibase's output that tells what went wrong.
reason() {
    sed -n '/^Unexpected error running Liquibase:/,/^For more information/p' "$output" |
        sed -e 's/^Unexpected error running Liquibase: //' -e '/^For more information/d' -e '/^[[:space:]]*$/d' | head -c 2000
}

# Ends the pod where no other try would help: somebody has to do something elsewhere.
refuse_for_good() {
    if grep -q -e "PKIX path" -e "could not be verified by hostnameverifier" "$output"; then
        fail "The certificate of the database was not accepted, and nothing was sent to the server. It is verified $VERIFIED_BY." "$(reason)"
    fi
    if grep -q -e "permission denied for schema" -e "no schema has been selected to create in" "$output"; then
        schema=$(sed -n 's/.*permission denied for schema \([A-Za-z0-9_]*\).*/\1/p' "$output" | head -n 1)
        fail "$LIQUIBASE_COMMAND_USERNAME may not create tables in schema ${schema:-public}: since PostgreSQL 15 only who owns the database may." \
            "The app that runs was not touched. Let an administrator of the server run this, and run pulumi up again:" \
            "  $PSQL_AS_ADMINISTRATOR -c 'GRANT USAGE, CREATE ON SCHEMA ${schema:-public} TO \"$LIQUIBASE_COMMAND_USERNAME\"'"
    fi
}

# Asks Liquibase something that needs no lock. The pod's address is let through to the database a moment after its start, and a
# database that fails over comes back.
ask() {
    tries=0
    until liquibase "$@" >"$output" 2>&1; do
        refuse_for_good
        if grep -q "Validation Failed" "$output"; then
            fail "The changes do not fit the database. Nothing was changed, and the app that runs was not touched." \
                "$(reason)" "A change that was made is never edited: undo the edit, and put a new change after it."
        fi
        # It also makes its tables while it parses, and another one may do so at the same moment.
        if grep -q -e "Error parsing" -e "Syntax error in file" "$output" && ! grep -q -e "Failed SQL" -e "[Cc]onnection" "$output"; then
            fail "The changelog cannot be read. Nothing was changed, and the app that runs was not touched." "$(reason)"
        fi
        tries=$((tries + 1))
        if [ "$tries" -ge 40 ]; then fail "The database does not answer." "$(reason)"; fi
        sleep 3
    done
}

find_pending() {
    ask status --verbose
    sed -n 's/^  *\(.*::.*::.*\)$/\1/p' "$output" >"$pending"
    # Else another version's other words would pass for "nothing is pending".
    if [ ! -s "$pending" ] && ! grep -q "is up to date" "$output"; then
        fail "Liquibase does not say what is pending, so nothing was changed:" "$(head -c 2000 "$output")"
    fi
}

# Sets `holder` to who holds the lock, as "host (address)", and `since`. Both are empty when it is free.
find_holder() {
    holder=""
    since=""
    ask list-locks
    # It ends up in a command that a person copies.
    line=$(sed -n 's/^ - \(.* at .*\)$/\1/p' "$output" | head -n 1 | tr -cd 'A-Za-z0-9.,:()%/ _-')
    if [ -n "$line" ]; then
        holder=${line%% at *}
        since=${line#* at }
    fi
}

# Whether the holder is a pod of these Jobs, which connects under its own name, and is not connected any more. Of another holder
# nobody can tell from here.
is_gone() {
    host=${holder%% *}
    case $host in
        "$POD_NAME") return 0 ;;
        *[!a-z0-9.-]*) return 1 ;;
        justdb-migrations-*) liquibase --changelog-file=lock-holder.yaml validate "-Dholder=$host" >"$output" 2>&1 ;;
        *) return 1 ;;
    esac
}

# How to free the lock: of this holder only, and not of one that took it in the meantime.
free() {
    echo "  $PSQL -c \"UPDATE databasechangeloglock SET locked = false, lockedby = NULL, lockgranted = NULL WHERE lockedby = '$holder'\""
}

# Ends the pod if the lock was left behind.
refuse_left_behind() {
    if [ -z "$holder" ] || ! is_gone; then return; fi
    fail "The lock of the changelog was left behind by ${holder%% *}, which took it on $since and is not connected to the database any more." \
        "The change that it was making was rolled back; finished ones stay. The app that runs was not touched." \
        "Free the lock, and run pulumi up again:" "$(free)"
}

refuse_held() {
    fail "The lock of the changelog is held by $holder since $since." \
        "If that is a migration that still runs, wait for its end. If not, free the lock. Then run pulumi up again:" "$(free)"
}

# Waits while another one holds the lock. False when there was nothing to wait for.
waited_for_lock() {
    looks=0
    while find_holder && [ -n "$holder" ]; do
        refuse_left_behind
        if [ "$looks" -ge 20 ]; then refuse_held; fi
        if [ "$looks" -eq 0 ]; then echo "Waiting for $holder, which holds the lock since $since."; fi
        looks=$((looks + 1))
        sleep 15
    done
    [ "$looks" -gt 0 ]
}

check() {
    find_pending
    # Whoever held the lock may have made them. What is made between the two looks costs a backup, no more.
    if [ -s "$pending" ] && waited_for_lock; then find_pending; fi
    if [ ! -s "$pending" ]; then
        echo "The database is up to date."
        exit 0
    fi
    echo "Pending changes:"
    sed 's/^/  /' "$pending"
}

update() {
    if [ -s "$failed" ]; then fail "$(cat "$failed")"; fi
    if [ ! -s "$pending" ]; then
        echo "Nothing to do."
        exit 0
    fi
    tries=1
    until make_changes; do
        if [ "$tries" -ge 3 ]; then fail "$why"; fi
        tries=$((tries + 1))
        sleep 15
    done
}

# False when no change was begun and another try may help, with `why`.
make_changes() {
    # The shell is the first process, which no signal ends: a change that is being made is finished within the grace period.
    rm -f /tmp/failed
    { liquibase update 2>&1 || touch /tmp/failed; } | tee "$output"
    if [ ! -e /tmp/failed ]; then return 0; fi
    refuse_for_good
    what=$(reason)
    if grep -q "Connection could not be created" "$output"; then
        why=$(printf '%s\n' "The database does not answer." "$what")
        return 1
    fi
    waited=$(grep -c LockException "$output" || true)
    find_holder
    refuse_left_behind
    if [ "$waited" -gt 0 ]; then
        if [ -n "$holder" ]; then refuse_held; fi
        why="The lock of the changelog was held by another one for minutes. It is free now."
        return 1
    fi
    fail "A change failed and was rolled back. Those before it stay, and the app that runs was not touched." "$what" \
        "A change that failed was not made, so it may be edited. Then run pulumi up again."
}

case ${1:-} in
    check)
        last_words=$failed
        failure=0
        check
        ;;
    update) update ;;
    run)
        shift
        ask list-locks
        liquibase "$@"
        ;;
    *) fail "usage: migrate.sh check | update | run <command of Liquibase>" ;;
esac
