import type { Break } from "../break";
import type { Given, Props } from "../judge";

export const analysis = (spec: Props = {}, kind = "AnalysisTemplate"): Given => ({
    type: `kubernetes:argoproj.io/v1alpha1:${kind}`,
    props: {
        metadata: { name: "app", namespace: "team" },
        spec: {
            args: [
                { name: "service", value: "app" },
                { name: "api-token", valueFrom: { secretKeyRef: { name: "metrics-token", key: "token" } } },
            ],
            metrics: [
                {
                    name: "errors",
                    successCondition: "result < 0.01",
                    provider: {
                        web: {
                            url: "https://metrics.example.com/{{ args.service }}",
                            headers: [{ key: "Authorization", value: "Bearer {{ args.api-token }}" }],
                            authentication: { oauth2: { clientId: "app", clientSecret: "{{ args.api-token }}" } },
                        },
                    },
                },
            ],
            ...spec,
        },
    },
});

const web = ["spec", "metrics", 0, "provider", "web"];
const base = { rule: "secret-in-analysis", fixture: () => analysis(), absent: "fine" as const };

export const breaks: Break[] = [
    {
        ...base,
        title: "a token as an argument",
        at: ["spec", "args", 1, "value"],
        value: "hunter2hunter2",
        field: "spec.args[api-token].value",
    },
    {
        ...base,
        title: "a token in a header",
        at: [...web, "headers", 0, "value"],
        value: "Bearer 9f8e7d6c5b4a39281706f5e4d3c2b1a0",
        field: "spec.metrics[errors].provider.web.headers[0].value",
    },
    {
        ...base,
        title: "a password in a URL",
        at: [...web, "url"],
        value: "https://app:hunter2hunter2@metrics.example.com/",
        field: "spec.metrics[errors].provider.web.url",
    },
    {
        ...base,
        title: "the secret of a client",
        at: [...web, "authentication", "oauth2", "clientSecret"],
        value: "Hunter2Hunter2Hunter2",
        field: "spec.metrics[errors].provider.web.authentication.oauth2.clientSecret",
    },
    {
        ...base,
        title: "a password in a body",
        at: [...web, "jsonBody", "login", "password"],
        value: "hunter2hunter2",
        field: "spec.metrics[errors].provider.web.jsonBody.login.password",
    },
    {
        ...base,
        title: "an argument of a Rollout's step",
        fixture: () =>
            analysis({ strategy: { canary: { steps: [{ analysis: { args: [{ name: "api-token" }] } }] } } }, "Rollout"),
        at: ["spec", "strategy", "canary", "steps", 0, "analysis", "args", 0, "value"],
        value: "hunter2hunter2",
        field: "spec.strategy.canary.steps[0].analysis.args[api-token].value",
    },
    {
        ...base,
        title: "an argument of an Experiment",
        fixture: () => analysis({ analyses: [{ name: "a", args: [{ name: "password" }] }] }, "Experiment"),
        at: ["spec", "analyses", 0, "args", 0, "value"],
        value: "hunter2hunter2",
        field: "spec.analyses[a].args[password].value",
    },
];
