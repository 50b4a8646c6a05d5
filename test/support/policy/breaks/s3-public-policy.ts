import { bucketHolders, bucketStatement, documentBreaks } from "../documents";

const rule = { rule: "s3-public-policy", holders: bucketHolders, good: bucketStatement() };

export const breaks = [
    ...documentBreaks({ ...rule, title: "principal *", bad: bucketStatement({ Principal: "*" }), names: "Principal" }),
    ...documentBreaks({
        ...rule,
        title: "every account",
        bad: bucketStatement({ Principal: { AWS: ["123456789012", "*"] } }),
        names: "Principal.AWS[1]",
    }),
    ...documentBreaks({
        ...rule,
        title: "everyone but one",
        bad: { ...bucketStatement({ NotPrincipal: { AWS: "123456789012" } }), Principal: undefined },
        names: "NotPrincipal",
    }),
];
