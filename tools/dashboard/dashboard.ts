// components/sight/grafana.json, by Grafana's own SDK: what Grafana shows of one stack, which is chosen by its namespace.
import {
    AnnotationQueryBuilder,
    DashboardBuilder,
    DashboardCursorSync,
    DatasourceVariableBuilder,
    QueryVariableBuilder,
    RowBuilder,
    VariableRefresh,
    VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { datasource, type Row, stack } from "./panel";
import { archiveRow } from "./rows/archive";
import { backupsRow } from "./rows/backups";
import { burnRow } from "./rows/burn";
import { cacheRow } from "./rows/cache";
import { jvmRow } from "./rows/jvm";
import { poolRow } from "./rows/pool";
import { postgresRow } from "./rows/postgres";
import { redisRow } from "./rows/redis";
import { requestsRow } from "./rows/requests";

/** In the order in which somebody looks for what is wrong: what clients meet first, then what the app needs for it. */
const rows: Row[] = [requestsRow, burnRow, poolRow, jvmRow, cacheRow, postgresRow, redisRow, backupsRow, archiveRow];

const gridWidth = 24;

export function dashboardFile(): string {
    const builder = new DashboardBuilder("JustDB Cloud Metrics")
        .uid("justdb-cloud")
        .description("What the app, its database, cache, backups and archive tell Prometheus.")
        .tags(["justdb", "cloud"])
        .timezone("browser")
        .time({ from: "now-3h", to: "now" })
        .refresh("30s")
        .tooltip(DashboardCursorSync.Crosshair)
        .withVariable(new DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus"))
        .withVariable(
            new QueryVariableBuilder("namespace")
                .label("Namespace")
                .datasource(datasource)
                .query('label_values(jvm_info{application="justdb-cloud"}, namespace)')
                .refresh(VariableRefresh.OnTimeRangeChanged)
                .sort(VariableSort.AlphabeticalAsc),
        )
        .annotation(
            new AnnotationQueryBuilder()
                .name("Alerts")
                .datasource(datasource)
                .enable(true)
                .iconColor("red")
                .expr(`ALERTS{${stack},alertname=~"JustDb.+",alertstate="firing"}`)
                .titleFormat("{{alertname}}"),
        );
    let id = 0;
    for (const { title, lines } of rows) {
        builder.withRow(new RowBuilder(title).id(++id));
        for (const line of lines) {
            for (const panel of line) builder.withPanel(panel.id(++id).span(gridWidth / line.length));
        }
    }
    return `${JSON.stringify(builder.build(), null, 4)}\n`;
}
