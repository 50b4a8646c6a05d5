import { documentBreaks, identityHolders, identityStatement } from "../documents";

const rule = { rule: "iam-resource-wildcards", holders: identityHolders, good: identityStatement() };

export const breaks = [
    ...documentBreaks({
        ...rule,
        title: "every bucket",
        bad: identityStatement({ Resource: "*" }),
        names: "Action[0]",
    }),
    ...documentBreaks({
        ...rule,
        title: "every key",
        bad: identityStatement({ Action: "kms:Decrypt", Resource: "arn:aws:kms:*:123456789012:key/*" }),
        names: "Action",
    }),
];
