// Exemptions: a rule's configuration names resources that may break it, why, by whom and until when. Their use is reported; one that
// is expired, stale or unexplained is a violation of its own.
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

export interface Exemption {
    /** `type::name` of the resource as in its URN, `*` for any text: `kubernetes:apps/v1:Deployment::legacy-*`. */
    resource: string;
    reason: string;
    owner: string;
    /** The last day it holds, as YYYY-MM-DD. */
    expires: string;
}

/** The schema of `exemptions`, which every rule has. */
export const exemptionsSchema: PolicyConfigJSONSchema = {
    type: "array",
    description: "Resources that may break the rule. Their use is reported; a stale or expired one is a violation.",
    default: [],
    items: {
        type: "object",
        required: ["resource", "reason", "owner", "expires"],
        additionalProperties: false,
        properties: {
            resource: {
                type: "string",
                minLength: 1,
                description:
                    "`type::name` of the resource, `*` for any text: `kubernetes:apps/v1:Deployment::legacy-*`",
            },
            reason: { type: "string", minLength: 10, description: "why the rule cannot be kept" },
            owner: { type: "string", minLength: 1, description: "who answers for it" },
            expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "the last day it holds" },
        },
    },
};

interface Entry extends Exemption {
    rule: string;
    used: Set<string>;
}

const escaped = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
const pattern = (glob: string) => new RegExp(`^${glob.split("*").map(escaped).join(".*")}$`);

/** `type::name` of a URN, the type without its parents'. */
export function placeOf(urn: string): string {
    const [, , types = "", name = ""] = urn.split("::");
    return `${types.slice(types.lastIndexOf("$") + 1)}::${name}`;
}

/** The exemptions of one run, as the rules come to know of them. */
export class Exemptions {
    private readonly entries = new Map<string, Entry[]>();

    constructor(private readonly today: () => string = () => new Date().toISOString().slice(0, 10)) {}

    /** Takes in the exemptions of a rule's configuration. */
    learn(rule: string, exemptions: readonly Exemption[] = []): void {
        if (this.entries.has(rule)) return;
        this.entries.set(
            rule,
            exemptions.map((exemption) => ({ ...exemption, rule, used: new Set() })),
        );
    }

    /** Whether the resource may break the rule; its use is kept for the report. */
    covers(rule: string, urn: string): boolean {
        const place = placeOf(urn);
        const found = (this.entries.get(rule) ?? []).filter(({ resource }) => pattern(resource).test(place));
        for (const entry of found) entry.used.add(place);
        return found.some((entry) => this.holds(entry));
    }

    private holds({ expires, reason, owner }: Entry): boolean {
        return expires >= this.today() && reason.trim().length >= 10 && owner.trim() !== "";
    }

    /** What is to be said at the end of a run. */
    report(): { notices: string[]; violations: string[] } {
        const notices: string[] = [];
        const violations: string[] = [];
        for (const entry of [...this.entries.values()].flat()) {
            const { rule, resource, reason, owner, expires, used } = entry;
            const what = `exemption of ${resource} from ${rule}`;
            if (expires < this.today())
                violations.push(`${what} expired on ${expires}: remove it, or renew it with its owner, ${owner}`);
            else if (!this.holds(entry)) violations.push(`${what} gives no reason or no owner`);
            else if (used.size === 0)
                violations.push(`${what} is stale: nothing that it names breaks the rule; remove it`);
            else notices.push(`${rule}: ${[...used].join(", ")} (${reason}; ${owner}, until ${expires})`);
        }
        return { notices, violations };
    }
}
