import type { Break } from "../break";
import { podBreaks } from "../pods";

const rule = "workload-runtime-socket";

const persistentVolume = (source: string): Break => ({
    rule,
    title: `a PersistentVolume, ${source}`,
    fixture: () => ({
        type: "kubernetes:core/v1:PersistentVolume",
        props: {
            metadata: { name: "node" },
            spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"], [source]: { path: "/mnt/disk" } },
        },
    }),
    at: ["spec", source, "path"],
    value: "/var/run",
    field: `spec.${source}.path`,
    absent: "fine",
});

export const breaks: Break[] = [
    ...podBreaks({
        rule,
        title: "the socket of Docker",
        at: ["volumes", 1, "hostPath", "path"],
        value: "/var/run/docker.sock",
        absent: "fine",
        alsoBreaks: ["pod-security-volume-types"],
    }),
    persistentVolume("hostPath"),
    persistentVolume("local"),
];
