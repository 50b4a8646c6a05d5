import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "@pulumi/kubernetes/core/v1";
import { names as app } from "../app/names";
import type { Cluster } from "../lib/scope";
import { names } from "./names";

/** The dashboard, made by `make docs` and the same for every stack, where Grafana's sidecar looks for it. */
export function createDashboard({ settings, child, metadata, options }: Cluster): core.ConfigMap {
    const dashboard: unknown = JSON.parse(readFileSync(join(__dirname, "grafana.json"), "utf8"));
    return new core.ConfigMap(
        child("dashboard"),
        {
            metadata: metadata(names.dashboard, { labels: settings.grafanaDashboardLabels }),
            data: { [`${app.app}.json`]: JSON.stringify(dashboard) },
        },
        options(),
    );
}
