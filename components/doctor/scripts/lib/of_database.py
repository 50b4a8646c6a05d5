"""The database that is there: its instances, its archive, and how its image sorts texts."""

import time

import cluster
from finding import Finding

PLUGIN = "barmancloud.cnpg.io/v1"

# Of every database, and of what else the indexes of the app's are sorted by. What sorts by bytes, as locale C does, has
# no version.
COLLATIONS = """
select format('database %s (made with %s, is %s)', datname, datcollversion, pg_database_collation_actual_version(oid))
from pg_database where datallowconn and datcollversion <> pg_database_collation_actual_version(oid)
union
select format('collation %s (made with %s, is %s)', collname, collversion, pg_collation_actual_version(used.oid))
from pg_index cross join unnest(indcollation) as index(by) join pg_collation as used on used.oid = by
where collversion <> pg_collation_actual_version(used.oid)
"""


def _cluster(expected):
    database = expected["database"]
    if database is None:
        return None
    return cluster.look(
        f"/apis/postgresql.cnpg.io/v1/namespaces/{expected['namespace']}/clusters/{database['cluster']}"
    )


def instances(expected):
    found = _cluster(expected)
    if found is None:
        return
    wanted, status = found["spec"]["instances"], found.get("status", {})
    if status.get("readyInstances", 0) < wanted:
        phase = status.get("phase", "the operator has not begun with it")
        yield Finding("JD801", f"{status.get('readyInstances', 0)} of {wanted} instances are ready: {phase}")


def archive(expected):
    found = _cluster(expected)
    if found is None or expected["archive"] is None:
        return
    state, message = cluster.condition(found, "ContinuousArchiving")
    if state == "False":
        yield Finding("JD802", message)


def base_backup(expected):
    found, wanted = _cluster(expected), expected["archive"]
    if found is None or wanted is None:
        return
    store = cluster.look(f"/apis/{PLUGIN}/namespaces/{expected['namespace']}/objectstores/{wanted['store']}")
    windows = ((store or {}).get("status") or {}).get("serverRecoveryWindow") or {}
    times = [
        cluster.seconds(one["lastSuccessfulBackupTime"])
        for one in windows.values()
        if one.get("lastSuccessfulBackupTime")
    ]
    # The first one comes with the database; a schedule that never runs promises none.
    begun = cluster.seconds(found["metadata"]["creationTimestamp"])
    newest = max(times, default=begun)
    hours = (time.time() - newest) / 3600
    if wanted["maxAgeHours"] and hours > wanted["maxAgeHours"]:
        what = (
            f"the newest is {hours:.0f} hours old"
            if times
            else f"there is none, {hours:.0f} hours after the database was made"
        )
        yield Finding("JD804", f"{what}; archiveSchedule promises one each {wanted['maxAgeHours']} hours")


def collation(expected):
    found = _cluster(expected)
    primary = (found or {}).get("status", {}).get("currentPrimary")
    if not primary:
        return
    command = ["psql", "-XqtA", "-d", expected["database"]["name"], "-c", COLLATIONS]
    for line in cluster.run(expected["namespace"], primary, "postgres", command).splitlines():
        if line.strip():
            yield Finding("JD803", line.strip())
