import { graph, rate, type Row, stack } from "../panel";

/** Of parts of it no maximum is known: -1. */
const heap = (what: "used" | "max") => `sum by (pod) (jvm_memory_${what}_bytes{${stack},area="heap"} >= 0)`;

export const jvmRow: Row = {
    title: "Pods of the app (JVM)",
    lines: [
        [
            graph({
                title: "Time since start",
                description: "It falls to nothing when Java has started anew.",
                unit: "s",
                queries: { "{{pod}}": `max by (pod) (process_uptime_seconds{${stack}})` },
            }),
            graph({
                title: "Heap",
                description:
                    "Which part of the memory that Java may use for objects is in use. It goes up and down; what counts is where it falls to.",
                unit: "percentunit",
                queries: { "{{pod}}": `${heap("used")} / ${heap("max")}` },
                limits: { warning: 0.9 },
                max: 1,
            }),
            graph({
                title: "Pauses for garbage collection",
                description: "Which part of its time a pod stood still to free memory.",
                unit: "percentunit",
                queries: { "{{pod}}": `sum by (pod) (${rate(`jvm_gc_pause_seconds_sum{${stack}}`)})` },
                limits: { warning: 0.1 },
            }),
        ],
        [
            graph({
                title: "Processor",
                description: "Which part of the processors that Java sees a pod uses.",
                unit: "percentunit",
                queries: { "{{pod}}": `max by (pod) (process_cpu_usage{${stack}})` },
                max: 1,
            }),
            graph({
                title: "Memory outside of the heap",
                description: "Classes and compiled code. It counts towards the pod's limit of memory as well.",
                unit: "bytes",
                queries: { "{{pod}}": `sum by (pod) (jvm_memory_used_bytes{${stack},area="nonheap"})` },
            }),
            graph({
                title: "Threads",
                description: "A number that only grows is of threads that wait for something that does not come.",
                unit: "short",
                queries: { "{{pod}}": `sum by (pod) (jvm_threads_live_threads{${stack}})` },
            }),
        ],
    ],
};
