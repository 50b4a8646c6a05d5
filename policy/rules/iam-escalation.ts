import { isDefinite } from "../lib/aws/everyone";
import { nameDocuments } from "../lib/aws/escalation-limits";
import { type EscalationPath, escalationPaths } from "../lib/aws/escalation-paths";
import { forEvery, isTagKey, isUnlimited, isWhole } from "../lib/aws/permissions";
import { type Condition, type PolicyDocument, type Statement, textOf } from "../lib/aws/policy-document";
import { eachDocument } from "../lib/aws/policy-sources";
import { isAnything } from "../lib/aws/wildcard";
import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import type { ResourceRule } from "../lib/rule";
import { anyOf, orUnknown, settled } from "../lib/verdict";

const isOwnUser = (resource: Field) => /\$\{aws:(?:username|userid)\}/i.test(textOf(resource));

/** Keys that are there for some actions only: for the others a condition on them never holds. */
const ofSomeActions = new Set(["iam:passedtoservice", "iam:permissionsboundary", "iam:policyarn"]);

/** Whether a value for the key limits what is done; undefined when no value does. */
function limitOf({ limits = {}, untagged }: EscalationPath, key: string): ((value: string) => boolean) | undefined {
    if (Object.hasOwn(limits, key)) return limits[key];
    if (ofSomeActions.has(key)) return () => true;
    return isTagKey(key) && !untagged ? (value) => !isAnything(value) : undefined;
}

function isLimitedBy(path: EscalationPath, { key, values }: Condition): boolean {
    const limit = limitOf(path, key);
    return limit !== undefined && values.length > 0 && values.every(limit);
}

const negations = new Set([
    "stringnotequals",
    "stringnotequalsignorecase",
    "stringnotlike",
    "arnnotequals",
    "arnnotlike",
]);

/** Denies all but what is limited. `ForAnyValue` says nothing when the key is absent. */
const isNegation = ({ operator, qualifier }: Condition) => negations.has(operator) && qualifier !== "foranyvalue";

/** Whether a Deny is for all that the path acts on, or for all but what is named, which the caller itself is not. */
function isForAll(statement: Statement, { kinds, self }: EscalationPath): boolean {
    const excepted = statement.exceptedResources;
    if (excepted.length === 0)
        return kinds.every((kind) => statement.resources.some((resource) => isWhole(textOf(resource), kind)));
    const isLeft = (resource: Field) =>
        kinds.some((kind) => isUnlimited(textOf(resource), kind)) || (self === true && isOwnUser(resource));
    return !excepted.some(isLeft);
}

/** Whether a Deny leaves nothing of the path but what is limited. */
const denies = (statement: Statement, path: EscalationPath, action: string) =>
    statement.byWhich(action) !== undefined &&
    isForAll(statement, path) &&
    statement.conditions.every((condition) => isNegation(condition) && isLimitedBy(path, condition));

const grants = ({ statements }: PolicyDocument, action: string) =>
    statements.map((statement) => orUnknown(() => statement.allows && statement.byWhich(action) !== undefined));

/** Whether the documents that the policy names for the action, at least one, all do what their owner wants, not the caller. */
function isForDocuments({ statements }: PolicyDocument, action: string): boolean {
    const named = statements.filter((one) => one.allows && one.byWhich(action) !== undefined);
    return (
        named.every((one) => one.part("NotResource").absent) &&
        nameDocuments(named.flatMap(({ resources }) => resources.map(textOf)))
    );
}

/** A session needs no right to its document unless the policy says so. */
const asksForDocument = (statement: Statement, action: string) =>
    action !== "ssm:StartSession" ||
    statement.conditions.some(
        ({ key, operator, values }) =>
            key === "ssm:sessiondocumentaccesscheck" &&
            operator === "bool" &&
            values.every((value) => value === "true"),
    );

/** The actions of a path that the document as a whole leaves dangerous. */
function dangerous(document: PolicyDocument, path: EscalationPath): string[] {
    const { actions, together = [] } = path;
    const isDenied = (action: string) =>
        anyOf(
            document.statements.map((statement) =>
                orUnknown(() => !statement.allows && denies(statement, path, action)),
            ),
        );
    const isGranted = (action: string) => settled(anyOf(grants(document, action))) && !settled(isDenied(action));
    return together.every(isGranted) ? actions.filter(isGranted) : [];
}

/** By which of some actions of the path the statement is for everything that they can act on. */
function unlimited(statement: Statement, path: EscalationPath, actions: string[]): string[] {
    const { kinds, self } = path;
    const allowed = actions.filter((action) => statement.byWhich(action));
    if (allowed.length === 0) return [];
    if (statement.conditions.some((condition) => isDefinite(condition) && isLimitedBy(path, condition))) return [];
    const isOpen = kinds.some((kind) => forEvery(statement, kind)) || (self && statement.resources.some(isOwnUser));
    return isOpen ? allowed : [];
}

/** Adds up what is found at one place, so that `*` is one violation. */
class Findings {
    private readonly found = new Map<string, { place: Field; byWhat: Map<string, string[]> }>();

    add(place: Field, { what, together }: EscalationPath, action: string): void {
        const at = this.found.get(place.path) ?? { place, byWhat: new Map<string, string[]>() };
        const named = together ? `${action} (with ${together.join(", ")})` : action;
        at.byWhat.set(what, [...(at.byWhat.get(what) ?? []), named]);
        this.found.set(place.path, at);
    }

    tell(judge: Judge): void {
        for (const { place, byWhat } of this.found.values()) {
            const all = [...byWhat].map(([what, actions]) => `${actions.join(", ")} on ${what}`);
            const more = all.length > 3 ? `; and ${all.length - 3} more ways` : "";
            judge.wrong(
                place,
                `allows ${all.slice(0, 3).join("; ")}${more}; by which one can take more rights; name the resources`,
            );
        }
    }
}

function checkDocument(document: PolicyDocument, judge: Judge): void {
    const findings = new Findings();
    judge.each(escalationPaths, (path) => {
        const actions = dangerous(document, path);
        if (actions.length === 0) return;
        const safe = new Set(path.runsDocument ? actions.filter((action) => isForDocuments(document, action)) : []);
        document.eachAllow(judge, (statement) => {
            for (const action of unlimited(statement, path, actions)) {
                if (!safe.has(action) || !asksForDocument(statement, action))
                    findings.add(statement.byWhich(action)!, path, action);
            }
        });
    });
    findings.tell(judge);
}

export const iamEscalation: ResourceRule = {
    name: "iam-escalation",
    description:
        "No IAM policy allows actions by which its holder can take more rights, on all users, groups, roles or policies, or on all of " +
        "what runs with a role: stacks, builds, functions, machines, clusters.",
    severity: "critical",
    level: "mandatory",
    references: ["CKV_AWS_286"],
    remediation:
        "Leave the action out, name the resources it is needed for, or narrow it by a condition: iam:PermissionsBoundary, " +
        "iam:PolicyARN (no policy for administrators), iam:PassedToService (a service that runs nothing of the caller's) or " +
        "aws:ResourceTag.",
    check: eachDocument("identity", checkDocument),
};
