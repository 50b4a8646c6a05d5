// The packages and images that only the sandbox has. What is compiled stands in tools/programs/versions.json.
import versionsJson from "./versions.json";

export interface Versions {
    debian: {
        suite: string;
        /** The release after it. */
        nextSuite: string;
        /** Packages whose files are unpacked into the cache, never installed: no service of the machine is touched. */
        unpacked: string[];
        /** Command that must exist -> package that brings it. */
        installed: Record<string, string>;
    };
    images: {
        app: string[];
        postgres: string;
        /** What a database of the one above is upgraded to. */
        nextPostgres: string;
        redis: string;
        liquibase: string;
        operator: string;
        barmanPlugin: string;
        barmanSidecar: string;
        pause: string;
        coredns: string;
    };
}

export const versions: Versions = versionsJson;
