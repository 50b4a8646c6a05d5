"""
Tells Prometheus how old and how good backups and drills are: the text format on /metrics, read from the backups bucket.
And from when until when the certificate of the edge is good, where there is one in the cluster; and when the stack's
credentials were made, as this process was told at its start.

Whatever is told is a time or a number of the bucket's own files. So nothing is lost when this process restarts, and a
backup that stops, or a drill, or this process itself, shows as a time that does not move on.
"""

import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import certificate
import drill_results
import environment
import manifest
import sealed
import storage
from failure import main, say

PORT = 9187
READ_EVERY_SECONDS = 60
# A reader that hangs for longer is started anew, by the liveness probe.
HANGS_AFTER_SECONDS = 900

HELP = {
    "justdb_backup_last_success_timestamp_seconds": "Time of the newest good backup's snapshot; 0 when there is none.",
    "justdb_backup_last_size_bytes": "Bytes of the newest good backup's files.",
    "justdb_backup_last_duration_seconds": "Seconds that the newest good backup took.",
    "justdb_backup_last_rows": "Rows in the newest good backup.",
    "justdb_backup_last_schemas": "Schemas in the newest good backup.",
    "justdb_backup_last_schemas_missing": "Schemas that were lost before the newest good backup.",
    "justdb_backup_last_schemas_elsewhere": "Rows of the newest good backup that name another bucket.",
    "justdb_backups": "Backups that count and are within their retention.",
    "justdb_backups_unsealed": "Those of them without the seal of this stack's key, which are restored by id only.",
    "justdb_backups_damaged": "Backups within their retention whose manifest cannot be trusted.",
    "justdb_backup_max_age_seconds": "Age above which the newest backup is too old; 0 for any age.",
    "justdb_drill_last_success_timestamp_seconds": "End of the last good drill of the newest backup; 0 for none.",
    "justdb_drill_last_timestamp_seconds": "End of the last drill; 0 when there was none.",
    "justdb_drill_last_good": "Whether the last drill was good: 1 or 0.",
    "justdb_drill_last_duration_seconds": "Seconds that the last drill took.",
    "justdb_drill_max_age_seconds": "Age above which the last good drill is too old; 0 for any age.",
    "justdb_certificate_not_before_timestamp_seconds": "When the certificate of the edge began to be good.",
    "justdb_certificate_not_after_timestamp_seconds": "When it ends; of a chain, what ends first.",
    "justdb_credential_created_timestamp_seconds": "When a credential of this stack was made.",
    "justdb_credential_max_age_seconds": "Age above which a credential is too old; 0 for any age.",
    "justdb_backup_metrics_last_read_timestamp_seconds": "When the backups bucket was last read; 0 when it never was.",
    "justdb_backup_metrics_errors_total": "Readings of the backups bucket that failed.",
}


def timestamp(text):
    return manifest.time_of(text).timestamp()


def of_backups(backups):
    # What retention has hidden, or somebody who deleted it, is not what a restore of the latest would take.
    shown = [found for _, hidden, found in backups if not hidden]
    good = [found for found in shown if not isinstance(found, sealed.Damaged)]
    metrics = {
        "justdb_backup_last_success_timestamp_seconds": 0,
        "justdb_backups": len(good),
        "justdb_backups_unsealed": sum(not found["sealed"] for found in good),
        "justdb_backups_damaged": len(shown) - len(good),
    }
    if good:
        last = sealed.counting(good)[-1]
        metrics |= {
            "justdb_backup_last_success_timestamp_seconds": timestamp(last["snapshot"]["time"]),
            "justdb_backup_last_size_bytes": sum(file["size"] for file in last["files"].values()),
            "justdb_backup_last_duration_seconds": last["seconds"],
            "justdb_backup_last_rows": sum(last["database"]["rows"].values()),
            "justdb_backup_last_schemas": last["schemas"]["count"],
            "justdb_backup_last_schemas_missing": last["schemas"]["missing"],
            "justdb_backup_last_schemas_elsewhere": manifest.elsewhere(last),
        }
    return metrics


def of_drills(results):
    # One of an older backup, by hand, says nothing of the newest.
    good = [
        found
        for found in results
        if not isinstance(found, sealed.Damaged) and found["ok"] and found["from"] == "latest"
    ]
    good = sealed.counting(good)
    metrics = {
        "justdb_drill_last_success_timestamp_seconds": timestamp(good[-1]["finished"]) if good else 0,
        "justdb_drill_last_timestamp_seconds": 0,
    }
    if results:
        last = results[-1]
        if isinstance(last, sealed.Damaged):
            metrics["justdb_drill_last_good"] = 0
        else:
            metrics |= {
                "justdb_drill_last_timestamp_seconds": timestamp(last["finished"]),
                "justdb_drill_last_good": int(last["ok"]),
                "justdb_drill_last_duration_seconds": last["seconds"],
            }
    return metrics


def of_certificate(path):
    """Nothing where it cannot be read: that it is not told is an alert."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            not_before, not_after = certificate.life(file.read())
    except (OSError, ValueError) as error:
        say(f"the certificate {path} cannot be read, and is tried again: {error}")
        return {}
    return {
        "justdb_certificate_not_before_timestamp_seconds": not_before,
        "justdb_certificate_not_after_timestamp_seconds": not_after,
    }


def of_credentials(ages):
    """The time of each, by its name. Of one whose time is not known nothing is told."""
    told = [one for one in json.loads(ages) if one.get("created")]
    return {f'{{credential="{one["name"]}"}}': timestamp(one["created"]) for one in told}


def samples(value):
    """Labels and value of each sample of a metric."""
    return value.items() if isinstance(value, dict) else [("", value)]


class Reader:
    """Reads the bucket again and again, in a thread of its own. What it read last is told until it reads again."""

    def __init__(self):
        self._s3 = storage.connect()
        self._bucket = environment.backups_bucket()
        self._certificate = environment.optional("CERTIFICATE_FILE")
        self._of_certificate = {}
        self._of_bucket = {}
        self._known = {}
        self._of_itself = {
            "justdb_backup_max_age_seconds": int(environment.needed("BACKUP_MAX_AGE_SECONDS", r"\d+")),
            "justdb_drill_max_age_seconds": int(environment.needed("DRILL_MAX_AGE_SECONDS", r"\d+")),
            "justdb_credential_created_timestamp_seconds": of_credentials(environment.needed("CREDENTIALS")),
            "justdb_credential_max_age_seconds": int(environment.needed("CREDENTIAL_MAX_AGE_SECONDS", r"\d+")),
            "justdb_backup_metrics_last_read_timestamp_seconds": 0,
            "justdb_backup_metrics_errors_total": 0,
        }
        self.tried = time.monotonic()

    def run(self):
        while True:
            self._of_certificate = of_certificate(self._certificate) if self._certificate else {}
            try:
                self._read()
            except Exception as error:  # Whatever it is: without this thread, nothing would be told any more.
                self._of_itself["justdb_backup_metrics_errors_total"] += 1
                say(f"bucket {self._bucket} cannot be read, and is tried again: {type(error).__name__}: {error}")
            self.tried = time.monotonic()
            time.sleep(READ_EVERY_SECONDS)

    def _read(self):
        storage.need_bucket(self._s3, self._bucket, "backups")
        backups = list(manifest.every(self._s3, self._bucket, self._known))
        results = list(drill_results.every(self._s3, self._bucket, self._known))
        self._of_bucket = {**of_backups(backups), **of_drills(results)}
        self._of_itself["justdb_backup_metrics_last_read_timestamp_seconds"] = manifest.now().timestamp()

    def is_alive(self):
        return time.monotonic() - self.tried < HANGS_AFTER_SECONDS

    def text(self):
        values = {**self._of_certificate, **self._of_bucket, **self._of_itself}
        lines = []
        for name, text in HELP.items():
            if name in values:
                kind = "counter" if name.endswith("_total") else "gauge"
                lines += [f"# HELP {name} {text}", f"# TYPE {name} {kind}"]
                lines += [f"{name}{labels} {value}" for labels, value in samples(values[name])]
        return "\n".join(lines) + "\n"


def handler(reader):
    class Handler(BaseHTTPRequestHandler):
        # A client that sends nothing holds no thread for ever.
        timeout = 10

        def do_GET(self):
            if self.path == "/metrics":
                self._answer(200, "text/plain; version=0.0.4; charset=utf-8", reader.text())
            elif self.path == "/health":
                alive = reader.is_alive()
                self._answer(200 if alive else 503, "text/plain", "ok\n" if alive else "the bucket's reader hangs\n")
            else:
                self._answer(404, "text/plain", "see /metrics\n")

        def _answer(self, status, kind, text):
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            """Probes and scrapes are no news."""

    return Handler


class Server(ThreadingHTTPServer):
    """Listens on all addresses of the pod: of IPv6, which takes those of IPv4 along, where the node has it."""

    has_both = socket.has_dualstack_ipv6()
    address_family = socket.AF_INET6 if has_both else socket.AF_INET

    def server_bind(self):
        if self.has_both:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()


def serve():
    reader = Reader()
    threading.Thread(target=reader.run, daemon=True).start()
    server = Server(("", PORT), handler(reader))
    say(f"metrics on port {PORT}")
    try:
        server.serve_forever()
    finally:
        server.server_close()


if __name__ == "__main__":
    main(serve)
