import { graph, rate, type Row, stack } from "../panel";

const gets = (more = "") => rate(`cache_gets_total{${stack}${more}}`);

export const cacheRow: Row = {
    title: "Cache of schemas in the app (Caffeine)",
    lines: [
        [
            graph({
                title: "Found in the cache",
                description: "Which part of the reads. Others are asked of Redis, and then of PostgreSQL and S3.",
                unit: "percentunit",
                queries: { "{{cache}}": `sum by (cache) (${gets(',result="hit"')}) / sum by (cache) (${gets()})` },
                max: 1,
            }),
            graph({
                title: "Reads",
                description: "Reads of the cache a second.",
                unit: "ops",
                queries: { "{{cache}} {{result}}": `sum by (cache, result) (${gets()})` },
            }),
            graph({
                title: "Entries",
                description: "A pod keeps 1000 at most.",
                unit: "short",
                queries: { "{{cache}} {{pod}}": `sum by (cache, pod) (cache_size{${stack}})` },
            }),
        ],
    ],
};
