import type { Break } from "../break";
import { type Given, secret } from "../judge";

const object = (): Given => ({
    type: "kubernetes:core/v1:Secret",
    props: {
        metadata: { name: "app", namespace: "team", labels: { app: "app" } },
        type: "Opaque",
        data: { password: secret(Buffer.from("hunter2").toString("base64")) },
        stringData: { token: secret("hunter2") },
    },
});

const common = { rule: "secret-plain-secret", fixture: object, absent: "fine" as const };

export const breaks: Break[] = [
    { ...common, title: "plain data", at: ["data", "key"], field: "data.key", value: "aHVudGVyMg==" },
    { ...common, title: "plain stringData", at: ["stringData", "key"], field: "stringData.key", value: "hunter2" },
];
