// The comment: what each stack's preview said, in one page of Markdown.
import { cell, code, codeBlock, firstOf, plural } from "./markdown";
import {
    blocked,
    type Change,
    kindOf,
    nameOf,
    objections,
    type Operation,
    overridden,
    type PropertyChange,
    type Remediation,
    type Report,
    typeOf,
    type Violation,
    violationsOf,
} from "./report";

/** By this the comment is found again. */
export const marker = "<!-- justdb-cloud: preview -->";

/** A preview that left no report behind: it was cut off, or never began. */
export interface Missing {
    stack: string;
    missing: true;
}

export interface Context {
    commit?: string;
    /** Where the log of the run is. */
    run?: string;
}

interface Section {
    title: string;
    /** Lines of a list. */
    lines: string[];
    /** Only opened by a click. */
    folded?: boolean;
}

/** What needs most attention comes first. */
const operations: Operation[] = ["delete", "replace", "update", "create", "import"];

const count = ({ changes }: Report, operation: Operation) =>
    changes.filter((change) => change.operation === operation).length;

const resource = (urn: string) => `${code(kindOf(typeOf(urn)))} ${code(nameOf(urn))}`;

function property({ path, replaces, from, to }: PropertyChange): string {
    const values = from === undefined && to === undefined ? "" : `: ${from ?? "(not shown)"} → ${to ?? "(not shown)"}`;
    return `${code(path + values)}${replaces ? " (makes a new one)" : ""}`;
}

/** A resource with very many changed properties must not fill the page. */
const mostProperties = 12;

function properties(all: PropertyChange[]): string {
    if (all.length === 0) return "";
    const more = all.length > mostProperties ? ` and ${all.length - mostProperties} more` : "";
    return `: ${all.slice(0, mostProperties).map(property).join(", ")}${more}`;
}

const changed = ({ operation, urn, properties: all }: Change) => `- ${operation} ${resource(urn)}${properties(all)}`;

function lost({ operation, urn, holds, retained, properties: all }: Change): string {
    const reasons = all.filter(({ replaces }) => replaces).map(({ path }) => code(path));
    const why = reasons.length > 0 ? `, since ${reasons.join(", ")} cannot change in place` : "";
    const kept = retained ? "; it stays in place, but out of the stack's hands" : "";
    // The whole URN: it is what one copies to allow it.
    return `- ${operation} ${resource(urn)}, which holds ${holds}${why}${kept}<br>${code(urn, Infinity)}`;
}

const items = (texts: string[]) => texts.map((text) => `- ${code(text)}`);

/** Each rule once, and below it what breaks it. */
function broken(violations: Violation[]): string[] {
    const byRule = new Map<string, Violation[]>();
    for (const violation of violations) byRule.set(violation.rule, [...(byRule.get(violation.rule) ?? []), violation]);
    return [...byRule].flatMap(([rule, all]) => {
        const { severity, about, remedy } = all[0]!;
        const title = `${code(rule)}${severity ? ` (${severity})` : ""}${about ? `: ${code(about)}` : ""}`;
        const places = all.map(({ urn, message }) => `  - ${urn ? resource(urn) : "the stack"}: ${code(message)}`);
        return [`- ${title}`, ...places, ...(remedy ? [`  - what to do: ${code(remedy, Infinity)}`] : [])];
    });
}

const remedied = ({ rule, urn, properties: all }: Remediation) => `- ${code(rule)}, ${resource(urn)}${properties(all)}`;

function sections(report: Report): Section[] {
    const { changes, unchanged, allowed } = report;
    const unneeded = allowed.filter((urn) => !overridden(report).some((change) => change.urn === urn));
    const counts = operations.filter((one) => count(report, one) > 0).map((one) => `${count(report, one)} to ${one}`);
    const ordered = operations.flatMap((one) => changes.filter(({ operation }) => operation === one));
    const sum = [...counts, `${unchanged} unchanged`].join(", ");
    const [mandatory, advisory] = [violationsOf(report, true), violationsOf(report, false)];
    return [
        { title: `Policy: ${mandatory.length} mandatory`, lines: broken(mandatory) },
        { title: `Policy: ${advisory.length} advisory`, lines: broken(advisory) },
        { title: "Policy: put right by the pack", lines: report.remediations.map(remedied) },
        { title: "Allowed to be replaced or deleted", lines: overridden(report).map(lost) },
        { title: "Allowed, but not to be replaced or deleted: take it out of the list", lines: items(unneeded) },
        {
            title: `${plural(report.exemptions.length, "exemption")} used`,
            lines: items(report.exemptions),
            folded: true,
        },
        {
            title: `${report.notJudged.length} not judged, as not known yet, or not read by a rule`,
            ...{ lines: items(report.notJudged), folded: true },
        },
        { title: plural(report.warnings.length, "warning"), lines: items(report.warnings), folded: true },
        { title: sum, lines: ordered.map(changed), folded: true },
    ];
}

function section({ title, lines, folded }: Section, most: number): string[] {
    if (lines.length === 0) return [];
    const shown = firstOf(lines, most);
    if (!folded) return [`**${title}**`, "", ...shown, ""];
    return [`<details><summary>${title}</summary>`, "", ...shown, "", "</details>", ""];
}

/** What must not be overlooked. */
function block(lost: string[], most: number): string[] {
    if (lost.length === 0) return [];
    const lines = [
        "**Blocked: this would replace or delete what holds data**",
        "",
        ...firstOf(lost, Math.max(most, 20)),
        "",
        "If that is wanted, `docs/pull-requests.md` says how to allow it.",
    ];
    return ["> [!CAUTION]", ...lines.map((line) => `> ${line}`.trimEnd()), ""];
}

const isMissing = (report: Report | Missing): report is Missing => "missing" in report;

export const fails = (report: Report | Missing): boolean => isMissing(report) || objections(report).length > 0;

const result = (report: Report | Missing) =>
    isMissing(report) ? "no report" : objections(report).join("; ") || "in order";

function row(report: Report | Missing): string {
    const cells = isMissing(report)
        ? Array.from({ length: operations.length + 2 }, () => "")
        : [
              ...operations.map((operation) => String(count(report, operation))),
              String(violationsOf(report, true).length),
              String(violationsOf(report, false).length),
          ];
    return `| ${[cell(report.stack), result(report), ...cells].join(" | ")} |`;
}

/** The part of a stack, for as many items of each list as there is room for. */
function stackPart(report: Report | Missing): (most: number) => string[] {
    const heading = [`### ${code(report.stack)}: ${result(report)}`, ""];
    if (isMissing(report)) {
        const why = "Its preview ended without a report. The log of the run says why.";
        return () => [...heading, why, ""];
    }
    if (report.changes.length === 0 && !report.failed) heading.push("Nothing changes.", "");
    const losses = blocked(report).map(lost);
    const errors = report.errors.map((error) => [...codeBlock(error), ""].join("\n"));
    const parts = sections(report);
    return (most) => [
        ...heading,
        ...block(losses, most),
        ...firstOf(errors, most),
        ...parts.flatMap((part) => section(part, most)),
    ];
}

function head(reports: (Report | Missing)[]): string[] {
    const failing = reports.filter(fails);
    const title = failing.length === 0 ? "✓ The plan is in order" : `✗ ${plural(failing.length, "stack")} not in order`;
    const columns = ["stack", "result", ...operations, "mandatory", "advisory"];
    return [
        marker,
        `## ${title}`,
        "",
        `| ${columns.join(" | ")} |`,
        `| ${columns.map((_, index) => (index < 2 ? "---" : "--:")).join(" | ")} |`,
        ...reports.map(row),
        "",
    ];
}

function foot({ commit, run }: Context): string[] {
    const from = [commit && `commit ${code(commit)}`, run && `[log of the run](${run})`].filter(Boolean);
    return from.length > 0 ? [`<sub>${from.join(", ")}</sub>`] : [];
}

/** GitHub's comments end at 65,536 characters. Some room is left for what GitHub counts differently. */
export const commentLimit = 60_000;

/** The page with as many items of each list as fit into `limit` bytes; with the table alone when nothing else fits. */
export function render(reports: (Report | Missing)[], context: Context = {}, limit = commentLimit): string {
    const [first, last, parts] = [head(reports), foot(context), reports.map(stackPart)];
    for (const most of [Infinity, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0]) {
        const text = [...first, ...parts.flatMap((part) => part(most)), ...last].join("\n");
        if (Buffer.byteLength(text) <= limit) return text;
    }
    return [...first, ...last].join("\n");
}
