// The engine's events of one preview, read into a report. The events themselves must never be kept or shown: those of severity
// "debug" hold secrets in plain.
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import {
    type Change,
    nameOf,
    type Operation,
    type PropertyChange,
    type Report,
    typeOf,
    type Violation,
} from "./report";
import { holdsData } from "./stateful";
import { differences, shown, steps } from "./values";

/** What @pulumi/pulumi does not declare of the engine's events. */
interface MoreEvents {
    policyRemediationEvent?: {
        resourceUrn?: string;
        policyName: string;
        before?: Record<string, unknown>;
        after?: Record<string, unknown>;
    };
    policyEvent?: EngineEvent["policyEvent"] & { severity?: string };
    /** The packs stand under another name than declared. */
    summaryEvent?: EngineEvent["summaryEvent"] & { result?: string; PolicyPacks?: Record<string, string> };
}

export type Event = Omit<EngineEvent, keyof MoreEvents> & MoreEvents;

/** Each step of the engine as the change that it is part of. Others, such as reading, change nothing. */
const operations: Record<string, Operation> = {
    create: "create",
    update: "update",
    delete: "delete",
    import: "import",
    replace: "replace",
    "create-replacement": "replace",
    "delete-replaced": "replace",
    "import-replacement": "replace",
};

/** How the policy pack begins what is no violation. */
const notJudged = "Not judged:";
const whatToDo = "What to do:";
const exemptionUsed = "Exemption used:";

const withoutColours = (text: string) => text.replace(/<\{%.*?%\}>/g, "").trim();

const isInternal = (path: string) => steps(path).some((step) => typeof step === "string" && step.startsWith("__"));

function propertyChanges({ type, old, new: next, keys, diffs, detailedDiff }: StepEventMetadata): PropertyChange[] {
    if (!old || !next) return [];
    const change = (path: string, replaces: boolean, before: unknown): PropertyChange => {
        const values = { from: shown(type, before, path), to: shown(type, next.inputs, path) };
        return { path, replaces, ...values };
    };
    const detailed = Object.entries(detailedDiff ?? {}).map(([path, { diffKind, inputDiff }]) =>
        change(path, /-replace$/.test(diffKind), inputDiff ? old.inputs : old.outputs),
    );
    if (detailed.length > 0) return detailed.filter(({ path }) => !isInternal(path));
    // A component has no provider that would say what differs.
    const compared = differences(old.inputs, next.inputs);
    const rest = (diffs ?? []).filter((key) => !compared.some((path) => steps(path)[0] === key));
    return [...compared, ...rest]
        .filter((path) => !isInternal(path))
        .map((path) => change(path, keys?.includes(path) ?? false, old.inputs));
}

/** Several steps may make up one change: a replacement is a creation and a deletion. */
function addStep(changes: Map<string, Change>, metadata: StepEventMetadata): void {
    const operation = operations[metadata.op];
    if (!operation) return;
    const { urn, type, old } = metadata;
    const change = changes.get(urn) ?? { operation, urn, type, properties: [], retained: false };
    changes.set(urn, change);
    if (operation === "replace" || operation === "delete") change.operation = operation;
    if (change.properties.length === 0) change.properties = propertyChanges(metadata);
    if (old) {
        const holds = holdsData(old);
        if (holds) change.holds = holds;
        change.retained ||= old.retainOnDelete ?? false;
    }
}

function addDiagnostic(report: Report, { severity, message, urn, ephemeral }: NonNullable<Event["diagnosticEvent"]>) {
    if (ephemeral) return;
    const text = withoutColours(message);
    // The engine's last word on any failure: it adds nothing.
    if (text === "preview failed") return;
    if (severity === "error") report.errors.push(urn ? `${nameOf(urn)}: ${text}` : text);
    if (severity === "warning") report.warnings.push(text);
    if (!severity.startsWith("info")) return;
    for (const line of text.split("\n").map((line) => line.trim())) {
        if (line.startsWith(notJudged)) report.notJudged.push(line.slice(notJudged.length).trim());
        if (line.startsWith(exemptionUsed)) report.exemptions.push(line.slice(exemptionUsed.length).trim());
    }
}

/** The SDK writes the rule's description into the first line of each message, and the pack what to do into the last. */
function violationOf(event: NonNullable<Event["policyEvent"]>): Violation {
    const { enforcementLevel: level, policyName: rule, severity, resourceUrn: urn } = event;
    const [about = "", ...lines] = withoutColours(event.message).split("\n");
    const remedy = lines.at(-1)?.startsWith(whatToDo) ? lines.pop()!.slice(whatToDo.length).trim() : undefined;
    const message = lines.length > 0 ? { about, message: lines.join("\n").trim() } : { message: about };
    return { level, rule, ...(severity && { severity }), ...(urn && { urn }), ...message, ...(remedy && { remedy }) };
}

const packOf = ([name, version]: [string, string]) => `${name.split("|")[0]} ${version}`;

const unique = <T>(items: T[]): T[] => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];

/** Reads all events of a preview. `allowed` are URNs that may be replaced or deleted. */
export function reportOf(stack: string, events: Iterable<Event>, allowed: string[] = []): Report {
    const changes = new Map<string, Change>();
    const report: Report = {
        ...{ stack, failed: true, policyPacks: [], unchanged: 0, changes: [], violations: [], remediations: [] },
        ...{ notJudged: [], exemptions: [], warnings: [], errors: [] },
        allowed: allowed.filter((urn) => urn.startsWith(`urn:pulumi:${stack}::`)),
    };
    for (const { resourcePreEvent, policyEvent, policyRemediationEvent, diagnosticEvent, summaryEvent } of events) {
        if (resourcePreEvent?.metadata.op === "same") report.unchanged++;
        if (resourcePreEvent) addStep(changes, resourcePreEvent.metadata);
        if (diagnosticEvent) addDiagnostic(report, diagnosticEvent);
        if (policyEvent) {
            report.violations.push(violationOf(policyEvent));
        }
        if (policyRemediationEvent) {
            const { policyName: rule, resourceUrn: urn = "", before, after } = policyRemediationEvent;
            const type = typeOf(urn);
            const properties = differences(before, after).map((path) => {
                return { path, replaces: false, from: shown(type, before, path), to: shown(type, after, path) };
            });
            report.remediations.push({ rule, urn, properties });
        }
        if (summaryEvent) {
            report.failed = summaryEvent.result === "failed" || summaryEvent.result === "canceled";
            report.policyPacks = Object.entries(summaryEvent.PolicyPacks ?? {}).map(packOf);
        }
    }
    report.changes = [...changes.values()];
    report.violations = unique(report.violations);
    for (const list of ["notJudged", "exemptions", "warnings", "errors"] as const) report[list] = unique(report[list]);
    return report;
}
