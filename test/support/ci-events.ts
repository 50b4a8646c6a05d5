// Events as the engine sends them, and reports as they are read from them.
import type { Event } from "../../ci/events";
import type { Report } from "../../ci/report";

const signature = "4dabf18193072939515e22adb298388d";

/** A secret as it stands in an event. */
export const blinded = { [signature]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };

export const urnOf = (type: string, name: string) =>
    `urn:pulumi:prod::justdb-cloud::parent:index:Parent$${type}::${name}`;

type Metadata = NonNullable<Event["resourcePreEvent"]>["metadata"];
type State = NonNullable<Metadata["old"]>;

const event = (content: Partial<Event>): Event => ({ sequence: 0, timestamp: 0, ...content });

interface Step {
    op: string;
    type?: string;
    name?: string;
    before?: Record<string, unknown>;
    after?: Record<string, unknown>;
    state?: Partial<State>;
    diff?: Record<string, string>;
    more?: Partial<Metadata>;
}

/** A step of the engine. `diff` gives each changed path its kind, such as `update-replace`. */
export function step({
    op,
    type = "kubernetes:apps/v1:Deployment",
    name = "app",
    before,
    after,
    state,
    diff,
    more,
}: Step) {
    const urn = urnOf(type, name);
    const of = (inputs: Record<string, unknown> | undefined): State | undefined =>
        inputs && { type, urn, id: name, parent: "", inputs, outputs: inputs, provider: "" };
    const old = of(before);
    const metadata = {
        ...{ op, urn, type, provider: "", old: old && { ...old, ...state }, new: of(after) },
        ...(diff && {
            detailedDiff: Object.fromEntries(
                Object.entries(diff).map(([path, diffKind]) => [path, { diffKind, inputDiff: true }]),
            ),
        }),
        ...more,
    } as Metadata;
    return event({ resourcePreEvent: { metadata } });
}

export const diagnostic = (severity: string, message: string) =>
    event({ diagnosticEvent: { severity: severity as "info", message, color: "raw" } });

export const summary = (result = "succeeded") =>
    event({
        summaryEvent: {
            ...{ maybeCorrupt: false, durationSeconds: 1, resourceChanges: {}, policyPacks: {} },
            ...{ PolicyPacks: { "justdb-cloud-policy|local|/somewhere": "1.0.0" }, result },
        },
    });

export const violation = (level: string, policyName: string, message: string, resourceUrn?: string) =>
    event({
        policyEvent: {
            ...{ policyName, resourceUrn, enforcementLevel: level as "mandatory", severity: "high", color: "raw" },
            ...{ policyPackName: "justdb-cloud-policy", policyPackVersion: "1.0.0", policyPackVersionTag: "1.0.0" },
            message: `<{%fg 13%}>${message}<{%reset%}>\n`,
        },
    });

export const remediation = (policyName: string, resourceUrn: string, before: object, after: object) =>
    event({
        policyRemediationEvent: {
            ...{ policyName, resourceUrn },
            ...{ before: before as Record<string, unknown>, after: after as Record<string, unknown> },
        },
    });

/** A report of a preview that planned nothing, with whatever else a test wants in it. */
export const report = (content: Partial<Report> = {}): Report => ({
    ...{ stack: "prod", failed: false, policyPacks: ["justdb-cloud-policy 1.0.0"], unchanged: 0, changes: [] },
    ...{ violations: [], remediations: [], notJudged: [], exemptions: [], warnings: [], errors: [], allowed: [] },
    ...content,
});
