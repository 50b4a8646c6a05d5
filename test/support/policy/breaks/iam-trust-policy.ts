import { documentBreaks, trustHolders, trustStatement } from "../documents";

const rule = { rule: "iam-trust-policy", holders: trustHolders, good: trustStatement() };
const github = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
const audience = { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" };

export const breaks = [
    ...documentBreaks({ ...rule, title: "principal *", bad: trustStatement({ Principal: "*" }), names: "Principal" }),
    ...documentBreaks({
        ...rule,
        title: "every account with an external id",
        bad: trustStatement({ Principal: { AWS: "*" }, Condition: { StringEquals: { "sts:ExternalId": "4711" } } }),
        names: "Principal.AWS",
    }),
    ...documentBreaks({
        ...rule,
        title: "every pipeline of GitHub",
        bad: trustStatement({
            Principal: { Federated: github },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: { StringEquals: audience },
        }),
        names: "Principal.Federated",
    }),
];
