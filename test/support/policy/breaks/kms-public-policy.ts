import { documentBreaks, keyHolders, keyStatement } from "../documents";

export const breaks = documentBreaks({
    rule: "kms-public-policy",
    title: "principal *",
    holders: keyHolders,
    good: keyStatement(),
    bad: keyStatement({ Principal: { AWS: "*" } }),
    names: "Principal.AWS",
});
