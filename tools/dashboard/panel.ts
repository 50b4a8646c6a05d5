// Panels of the dashboard: what Grafana's SDK is told in the same way for each of them.
import {
    GraphThresholdsStyleConfigBuilder,
    GraphThresholdsStyleMode,
    LegendDisplayMode,
    LegendPlacement,
    VizLegendOptionsBuilder,
    VizTooltipOptionsBuilder,
    TooltipDisplayMode,
} from "@grafana/grafana-foundation-sdk/common";
import { ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeSeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { inNamespace } from "../../components/sight/series";

/** Where the series are; whoever looks at the dashboard chooses it. */
export const datasource = { type: "prometheus", uid: "${datasource}" };

/** The stack that is looked at; chosen likewise. */
export const stack = inNamespace("$namespace");

/** Of a counter, a second: over as much time as a point of the graph stands for, and never less than some scrapes. */
export const rate = (counter: string) => `rate(${counter}[$__rate_interval])`;

/** A time in seconds since 1970, as the seconds that have passed. Where it never happened, there is none. */
export const age = (time: string) => `time() - (${time} > 0)`;

export interface Panel {
    title: string;
    /** What it shows, and what to think of it. */
    description: string;
    unit: string;
    /** By their legends. */
    queries: Record<string, string>;
    /** From when on somebody should look, and when it is bad; or what it must be at least. */
    limits?: { warning?: number; critical?: number; least?: number };
    /** Shown where there is no value. */
    none?: string;
    min?: number;
    max?: number;
}

function thresholds({ warning, critical, least }: NonNullable<Panel["limits"]>): ThresholdsConfigBuilder {
    const from = (value: number | undefined, color: string) => (value === undefined ? [] : [{ value, color }]);
    const steps =
        least === undefined
            ? [{ value: null, color: "green" }, ...from(warning, "yellow"), ...from(critical, "red")]
            : [{ value: null, color: "red" }, ...from(least, "green")];
    return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}

function fill<Builder extends TimeSeriesBuilder | StatBuilder>(builder: Builder, panel: Panel): Builder {
    const { title, description, unit, queries, limits, none, min, max } = panel;
    builder.title(title).description(description).unit(unit).datasource(datasource);
    Object.entries(queries).forEach(([legend, expr], i) => {
        const refId = String.fromCharCode("A".charCodeAt(0) + i);
        builder.withTarget(new DataqueryBuilder().refId(refId).datasource(datasource).expr(expr).legendFormat(legend));
    });
    if (limits) builder.thresholds(thresholds(limits));
    if (none) builder.noValue(none);
    if (min !== undefined) builder.min(min);
    if (max !== undefined) builder.max(max);
    return builder;
}

/** How something went over time. */
export function graph(panel: Panel): TimeSeriesBuilder {
    const legend = new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true);
    const builder = fill(new TimeSeriesBuilder(), { min: 0, ...panel })
        .height(8)
        .fillOpacity(10)
        .legend(legend)
        .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
    if (panel.limits) {
        builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
    }
    return builder;
}

/** What something is now. */
export const number = (panel: Panel): StatBuilder => fill(new StatBuilder(), panel).height(4);

export interface Row {
    title: string;
    /** Those of one line share its width. */
    lines: (TimeSeriesBuilder | StatBuilder)[][];
}
