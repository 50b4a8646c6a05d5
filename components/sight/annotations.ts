import type { Labels } from "../lib/labels";
import type { Resolved } from "../parts";

/** By which a Prometheus without the operator finds a pod, or the pods of a Service. */
export const scrapeAnnotations = ({ metricsScrape }: Resolved, port: number, path?: string): Labels =>
    metricsScrape === "annotations"
        ? {
              "prometheus.io/scrape": "true",
              "prometheus.io/port": String(port),
              ...(path === undefined ? {} : { "prometheus.io/path": path }),
          }
        : {};
