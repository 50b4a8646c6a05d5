"""
Looks whether a cluster and an AWS account are ready for a stack, and whether what runs there keeps what the stack
promises. It changes nothing. What a stack expects comes as JSON, from components/doctor/expectations.ts: in a file that
is named, or on standard input. FORMAT=json answers in JSON too.
"""

import json
import os
import pathlib
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import kubernetes_api
import of_aws
import of_cluster
import of_database
import of_images
import of_inside
import of_namespace
import of_requirements
import of_rights
import of_volumes
from failure import Failure
from finding import Finding

# What each check can find. One that ends with a failure has found nothing, and is told as unknown.
IN_CLUSTER = {
    of_cluster.version: ["JD102"],
    of_cluster.nodes: ["JD103"],
    of_cluster.own_clock: ["JD104"],
    of_cluster.node_clocks: ["JD104"],
    of_cluster.metrics_server: ["JD105"],
    of_cluster.dns: ["JD106"],
    of_cluster.dns_cache: ["JD107"],
    of_cluster.api_address: ["JD108"],
    of_inside.policies: ["JD109"],
    of_cluster.ingress_nginx: ["JD110"],
    of_requirements.apis: ["JD201"],
    of_requirements.objects: ["JD202", "JD205"],
    of_requirements.operators: ["JD203", "JD204"],
    of_requirements.versioned: ["JD203"],
    of_volumes.classes: ["JD301", "JD302", "JD303"],
    of_images.images: ["JD601", "JD602"],
    of_images.pods: ["JD603"],
    of_namespace.namespace: ["JD701", "JD702", "JD704"],
    of_namespace.quotas: ["JD703"],
    of_namespace.secrets: ["JD705", "JD706"],
    of_database.instances: ["JD801"],
    of_database.archive: ["JD802"],
    of_database.collation: ["JD803"],
    of_database.base_backup: ["JD804"],
    of_inside.backups: ["JD901", "JD902", "JD903", "JD904", "JD905", "JD906"],
}
# Whoever runs an update, and not a pod: what a pod may do says nothing of them.
OF_DEPLOYER = {
    of_rights.rights: ["JD401"],
    of_aws.credentials: ["JD402"],
    of_aws.clock: ["JD104"],
    of_aws.rights: ["JD403"],
    of_aws.buckets: ["JD501", "JD502", "JD503", "JD504", "JD505", "JD506", "JD507"],
}
EXIT_CODES = {"warning": 1, "error": 2}
HERE = os.path.dirname(os.path.abspath(__file__))


def _result(check, codes, expected):
    """What it has found, and what it could not see."""
    found = []
    try:
        found.extend(check(expected))
    except Failure as failure:
        return found, [{"codes": codes, "why": _line(failure)}]
    except Exception as error:  # One answer that nobody foresaw must not hide all other findings.
        why = f"an answer that is not understood: {type(error).__name__}: {_line(error)}"
        return found, [{"codes": codes, "why": why}]
    return found, []


def _line(error):
    return " ".join(str(error).split())[:300]


def examined(expected):
    """All findings, the worst first, and all that is unknown."""
    checks = {**IN_CLUSTER, **(OF_DEPLOYER if expected["deployer"] else {})}
    found, unknown = [], []
    try:
        _reach()
    except Failure as failure:
        found.append(Finding("JD101", _line(failure)))
        hidden = {**IN_CLUSTER, of_rights.rights: [], of_aws.buckets: []}
        checks = {check: codes for check, codes in checks.items() if check not in hidden}
    with ThreadPoolExecutor(12) as pool:
        for some, unseen in pool.map(lambda one: _result(*one, expected), checks.items()):
            found += some
            unknown += unseen
    with open(os.path.join(HERE, "findings.json"), encoding="utf-8") as file:
        codes = json.load(file)
    findings = [_told(codes[one.code], one) for one in found]
    findings.sort(key=lambda one: (-EXIT_CODES[one["severity"]], one["code"]))
    return {"about": expected["about"], "findings": findings, "unknown": unknown}


def _reach():
    """The way of a pod that has just started may open a moment later."""
    for left in reversed(range(1 if "KUBECTL" in os.environ else of_inside.TRIES)):
        try:
            return kubernetes_api.get("/version")
        except Failure:
            if left == 0:
                raise
            time.sleep(of_inside.PAUSE_SECONDS)


def _told(known, finding):
    return {
        "code": finding.code,
        "severity": known["severity"],
        "title": known["title"],
        "seen": finding.seen,
        "why": known["why"],
        "fix": finding.fix or known["fix"],
        "more": f"docs/doctor.md#{finding.code.lower()}",
    }


def lines(result):
    """For people."""
    yield f"{result['about']}: {_summary(result['findings'])}"
    for one in result["findings"]:
        yield f"\n{one['severity'].upper():8}{one['code']}  {one['title']}"
        yield from (f"        {name + ':':6} {one[name]}" for name in ("seen", "why", "fix", "more"))
    if result["unknown"]:
        yield "\nUnknown, which is no finding:"
        yield from (f"  {', '.join(one['codes'])}: {one['why']}" for one in result["unknown"])


def _summary(findings):
    counts = {name: sum(one["severity"] == name for one in findings) for name in ("error", "warning")}
    return ", ".join(f"{count} {name}{'s' if count > 1 else ''}" for name, count in counts.items() if count) or "ready"


def code(findings):
    return max((EXIT_CODES[one["severity"]] for one in findings), default=0)


def main(expectations):
    result = examined(json.loads(expectations))
    as_json = os.environ.get("FORMAT") == "json"
    print(json.dumps(result, indent=2) if as_json else "\n".join(lines(result)), flush=True)
    return code(result["findings"])


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8") if len(sys.argv) > 1 else sys.stdin.read()))
