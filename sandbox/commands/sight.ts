// `make sight`: what Prometheus sees of the stack, and which alerts fire.
import { PlainError } from "../../tools/lib/plain-error";
import { say } from "../../tools/lib/progress";
import { isUp } from "../interrupt";
import { startSight } from "../sight/start";
import { sandboxNamespace } from "../stack-file";

export async function sight(): Promise<void> {
    if (!isUp()) throw new PlainError("The sandbox is down: make up");
    const url = await startSight();
    const p95 = "histogram_quantile(0.95, sum by (le) (rate(http_server_requests_seconds_bucket[5m])))";
    // Debian's Prometheus has its earlier pages alone.
    say(`
Prometheus reads the stack in namespace ${sandboxNamespace}, until make down. It answers this machine at ${url}

Look at
  ${url}/classic/targets   what it reads, and since when something does not answer
  ${url}/classic/alerts    the alerts; each leads to its runbook
  ${url}/classic/graph?g0.expr=${encodeURIComponent(p95)}
      the time within which 95 % of the requests were answered
  components/sight/grafana.json
      the dashboard: import it into a Grafana that has this Prometheus as a data source`);
}
