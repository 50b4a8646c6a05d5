import type { Break } from "../break";
import type { Given } from "../judge";
import { podResource } from "../pods";

const service = (): Given => ({
    type: "kubernetes:core/v1:Service",
    props: {
        metadata: { name: "app", namespace: "team", labels: { app: "app" }, annotations: {} },
        spec: { selector: { app: "app" }, ports: [{ port: 80, targetPort: "http" }] },
    },
});

const common = { rule: "secret-in-annotation", absent: "fine" as const };

export const breaks: Break[] = [
    {
        ...common,
        title: "an API key in an annotation",
        fixture: service,
        at: ["metadata", "annotations", "example.com/api-key"],
        field: 'metadata.annotations["example.com/api-key"]',
        value: "hunter2hunter2",
    },
    {
        ...common,
        title: "a password in an annotation of a pod template",
        fixture: () => podResource("CronJob"),
        at: ["spec", "jobTemplate", "spec", "template", "metadata", "annotations", "dbPassword"],
        field: "spec.jobTemplate.spec.template.metadata.annotations.dbPassword",
        value: "hunter2",
    },
    {
        ...common,
        title: "a token in a label",
        fixture: service,
        at: ["metadata", "labels", "token"],
        field: "metadata.labels.token",
        value: "abcdef.0123456789abcdeg",
    },
];
