#!/bin/sh
# Runs one Liquibase command against a stack's database: in a pod like the migrations' own, with the changelog of the last update.
# Needs kubectl. Each argument is given to Liquibase as it is.
set -eu

if [ $# -lt 2 ]; then
    echo "usage: $0 <namespace> <liquibase command and options>" >&2
    echo "for example: $0 justdb-cloud status --verbose" >&2
    exit 2
fi
namespace=$1
shift
name=justdb-migrations-by-hand
k() { kubectl -n "$namespace" "$@"; }

command='"/bin/sh","/changelog/migrate.sh","run"'
for argument; do
    command="$command,\"$(printf %s "$argument" | sed 's/["\\]/\\&/g')\""
done

job=$(k get jobs -l app=justdb-migrations --sort-by=.metadata.creationTimestamp -o name | grep -v "/$name\$" | tail -n 1)
if [ -z "$job" ]; then
    echo "There is no Job with the label app=justdb-migrations in namespace $namespace: run pulumi up first." >&2
    exit 1
fi

# Not the stack's Job under another name: nothing of its identity, no step before.
labels='{"app":"justdb-migrations","app.kubernetes.io/part-of":"justdb-cloud"}'
k get "$job" -o json | kubectl patch --local -f - -o json --type=json -p "[
    {\"op\": \"replace\", \"path\": \"/metadata\", \"value\": {\"name\": \"$name\", \"labels\": $labels}},
    {\"op\": \"remove\", \"path\": \"/status\"},
    {\"op\": \"remove\", \"path\": \"/spec/selector\"},
    {\"op\": \"replace\", \"path\": \"/spec/template/metadata\", \"value\": {\"labels\": $labels}},
    {\"op\": \"remove\", \"path\": \"/spec/template/spec/initContainers\"},
    {\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/command\", \"value\": [$command]}
]" | k create -f - >/dev/null
trap 'k delete job "$name" --wait=false >/dev/null' EXIT
trap 'exit 130' INT TERM

end=""
until [ "${end#*Complete}" != "$end" ] || [ "${end#*Failed}" != "$end" ]; do
    sleep 1
    end=$(k get job "$name" -o 'jsonpath={.status.conditions[?(@.status=="True")].type}')
done
k logs "job/$name" --tail=-1 || k describe job "$name" >&2
case $end in *Complete*) ;; *) exit 1 ;; esac
