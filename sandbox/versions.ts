// The packages and images that only the sandbox has. What is compiled stands in tools/programs/versions.json.
import versionsJson from "./versions.json";

export interface Versions {
    debian: {
        suite: string;
        /** Packages whose files are unpacked into the cache, never installed: no service of the machine is touched. */
        unpacked: string[];
        /** Command that must exist -> package that brings it. */
        installed: Record<string, string>;
    };
    /** The next release of Debian, for what is too old in the sandbox's own; and an image of its PostgreSQL, to which that is upgraded in a test. */
    next: {
        suite: string;
        postgres: string;
    };
    /** Images of what a test starts: a gateway, what rolls out step by step, and what the steps are judged by. */
    traefik: string;
    argoRollouts: string;
    prometheus: string;
    /** What `make sight` runs that Prometheus by. */
    prometheusOperator: string;
    /** The image of what a test measures pods by. */
    metricsServer: string;
    /** The image of what a test has traces sent to. */
    otelCollector: string;
    images: {
        app: string[];
        postgres: string;
        redis: string;
        redisExporter: string;
        liquibase: string;
        operator: string;
        barmanPlugin: string;
        barmanSidecar: string;
        pause: string;
        coredns: string;
    };
}

export const versions: Versions = versionsJson;
