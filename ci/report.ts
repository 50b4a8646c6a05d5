// What a preview of one stack said, reduced to what may be shown to everybody: it is kept as a file between two jobs, so no secret
// may ever get into it.

export interface PropertyChange {
    path: string;
    /** The change of this property alone makes a new resource necessary. */
    replaces: boolean;
    /** The values, where they are harmless to show; `[secret]` for a secret. */
    from?: string;
    to?: string;
}

export type Operation = "create" | "update" | "replace" | "delete" | "import";

export interface Change {
    operation: Operation;
    urn: string;
    /** The type token, such as `kubernetes:apps/v1:Deployment`. */
    type: string;
    properties: PropertyChange[];
    /** What would be lost with the resource as it is now; undefined when it can be made anew without loss. */
    holds?: string;
    /** Taken out of the stack, but not deleted. */
    retained: boolean;
}

export interface Violation {
    level: string;
    rule: string;
    severity?: string;
    /** None when the stack as a whole breaks the rule. */
    urn?: string;
    /** What the rule is about. */
    about?: string;
    message: string;
    /** What the rule says to do. */
    remedy?: string;
}

export interface Remediation {
    rule: string;
    urn: string;
    properties: PropertyChange[];
}

export interface Report {
    stack: string;
    /** The engine did not get to the end. */
    failed: boolean;
    /** `name version` of each policy pack that judged the preview. */
    policyPacks: string[];
    unchanged: number;
    changes: Change[];
    violations: Violation[];
    remediations: Remediation[];
    /** What the policy pack could not judge, as its value is not known before the update. */
    notJudged: string[];
    exemptions: string[];
    warnings: string[];
    errors: string[];
    /** URNs that somebody explicitly allowed to be replaced or deleted. */
    allowed: string[];
}

const endsResource = ({ operation }: Change) => operation === "replace" || operation === "delete";

/** The changes that would lose data, and that nobody has allowed. */
export const blocked = ({ changes, allowed }: Report): Change[] =>
    changes.filter((change) => change.holds && endsResource(change) && !allowed.includes(change.urn));

/** The changes that would lose data, and that somebody has allowed. */
export const overridden = ({ changes, allowed }: Report): Change[] =>
    changes.filter((change) => change.holds && endsResource(change) && allowed.includes(change.urn));

export const violationsOf = ({ violations }: Report, mandatory: boolean): Violation[] =>
    violations.filter(({ level }) => (level === "mandatory") === mandatory);

/** Why the check fails; nothing when the stack may be changed as planned. */
export function objections(report: Report): string[] {
    const violations = violationsOf(report, true).length;
    const lost = blocked(report).length;
    const found: string[] = [];
    if (lost > 0) found.push(`blocked: would replace or delete ${lost} with data`);
    if (violations > 0) found.push(`${violations} mandatory ${violations === 1 ? "violation" : "violations"}`);
    // The engine fails a preview for a mandatory violation too; then that has been said.
    if (report.failed && (violations === 0 || report.errors.length > 0)) found.push("the preview failed");
    if (!report.failed && report.policyPacks.length === 0) found.push("no policy pack has judged it");
    return found;
}

/** The last part of a URN. */
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::") || urn;

/** `Deployment` of `kubernetes:apps/v1:Deployment`. */
export const kindOf = (type: string): string => type.slice(type.lastIndexOf(":") + 1);

/** The type in a URN, without those of its parents. */
export const typeOf = (urn: string): string => {
    const types = urn.split("::")[2] ?? "";
    return types.slice(types.lastIndexOf("$") + 1);
};
