import { bucketName, eachBucketHas } from "../lib/aws/bucket-companions";
import { isForEveryone } from "../lib/aws/everyone";
import { anyName } from "../lib/aws/permissions";
import { PolicyDocument, type Statement, textOf } from "../lib/aws/policy-document";
import type { StackResource } from "../lib/resource";
import type { StackRule } from "../lib/rule";
import { fits } from "../lib/aws/wildcard";

/** Whether it denies everything to everyone who comes without TLS, and no condition makes it deny less. */
function deniesWithoutTls(statement: Statement): boolean {
    if (statement.allows || !isForEveryone(statement)) return false;
    if (!statement.actions.map(textOf).some((action) => ["*", "s3:*"].includes(action.toLowerCase()))) return false;
    const [condition, ...others] = statement.conditions;
    return (
        condition?.operator === "bool" &&
        condition.key === "aws:securetransport" &&
        condition.values.some((value) => value.toLowerCase() === "false") &&
        others.length === 0
    );
}

/** The bucket's name and its objects, as in an ARN. Throws UnknownValue when that is needed and not known. */
function isFor(statement: Statement, bucket: StackResource, object: string): boolean {
    const resources = statement.resources.map(textOf);
    // `*`, and `arn:aws:s3:::*`
    if (resources.some((resource) => fits(resource, `arn:aws:s3:::${anyName}${object}`))) return true;
    const name = bucketName(bucket).text ?? "";
    return resources.some((resource) => fits(resource.replace(/^arn:[^:]*:s3:::/, ""), `${name}${object}`));
}

function isTlsOnly(document: PolicyDocument, bucket: StackResource): boolean {
    const denials = document.statements.filter(deniesWithoutTls);
    return ["", `/${anyName}`].every((object) => denials.some((statement) => isFor(statement, bucket, object)));
}

export const s3TlsOnly: StackRule = {
    name: "s3-tls-only",
    description: "Each bucket has a policy that denies every request without TLS, to the bucket and to its objects.",
    severity: "high",
    level: "mandatory",
    references: ["S3.5"],
    remediation:
        "Give the bucket a BucketPolicy with a statement of Effect Deny, Principal *, Action s3:*, the ARNs of the bucket and of its " +
        "objects (with /* at the end), and only the condition Bool aws:SecureTransport false.",
    checkStack: eachBucketHas({
        companion: "bucketPolicy",
        inCompanion: (fields) => [fields.at("policy"), fields.at("policyDocument")],
        inBucket: { policy: (setting) => [setting] },
        isGood: (field, bucket) => !field.absent && isTlsOnly(new PolicyDocument(field), bucket),
        problem:
            "does not deny every request without TLS (Deny, Principal *, Action s3:*, the bucket and its objects, " +
            "Bool aws:SecureTransport false)",
        missing: "has no policy; it must have one that denies every request without TLS",
    }),
};
