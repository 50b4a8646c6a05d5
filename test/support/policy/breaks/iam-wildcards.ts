import { documentBreaks, identityHolders, identityStatement } from "../documents";

const rule = { rule: "iam-wildcards", holders: identityHolders, good: identityStatement() };

export const breaks = [
    ...documentBreaks({
        ...rule,
        title: "action *",
        bad: identityStatement({ Action: "*", Resource: "*" }),
        names: "Action",
        alsoBreaks: ["iam-escalation"],
    }),
    ...documentBreaks({
        ...rule,
        title: "action s3:*",
        bad: identityStatement({ Action: ["s3:ListBucket", "s3:*"] }),
        names: "Action[1]",
    }),
    ...documentBreaks({
        ...rule,
        title: "all but some actions",
        bad: { Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "arn:aws:s3:::files/*" },
        names: "NotAction",
    }),
    ...documentBreaks({
        ...rule,
        title: "all but some resources",
        bad: { Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::secrets/*" },
        names: "NotResource",
    }),
];
