// One rule on one resource, or on a stack of them, without the engine.
import { Secret } from "@pulumi/policy";
import * as proxy from "@pulumi/policy/proxy";
import { Field } from "../../../policy/lib/field";
import { Judge } from "../../../policy/lib/judge";
import type { Resource, StackResource } from "../../../policy/lib/resource";
import { type Config, isStackRule, type Rule, withDefaults } from "../../../policy/lib/rule";
import { Stack } from "../../../policy/lib/stack";

/** What a value is in a preview that does not know it yet. */
export const unknown = (proxy as unknown as Record<string, unknown>).unknownStringValue;

export const secret = (value: unknown) => new Secret(value);

export type Props = Record<string, unknown>;

export interface Given {
    type: string;
    props: Props;
    name?: string;
    parent?: string;
    provider?: string;
    /** The properties that the program has set. */
    inputs?: string[];
    protect?: boolean;
    /** URNs by property. */
    dependencies?: Record<string, string[]>;
}

export const urnOf = ({ type, name = "it" }: Given) => `urn:pulumi:test::test::${type}::${name}`;

export const resourceOf = (given: Given): Resource => ({
    urn: urnOf(given),
    name: given.name ?? "it",
    type: given.type,
    fields: new Field(given.props),
});

const stackResourceOf = (given: Given): StackResource => ({
    ...resourceOf(given),
    protect: given.protect ?? false,
    parent: given.parent,
    provider: given.provider,
    inputs: new Set(given.inputs),
    propertyDependencies: given.dependencies ?? {},
});

export interface Judged {
    /** Messages; those of a stack rule begin with the resource's name. */
    violations: string[];
    unjudged: string[];
}

/** What the rule says of the resources: of each by itself, or of all as a stack. */
export function judged(rule: Rule, given: Given | Given[], config: Config = {}): Judged {
    const all = Array.isArray(given) ? given : [given];
    const judge = new Judge();
    const filled = withDefaults(rule, config);
    if (isStackRule(rule)) {
        const wrong = (resource: StackResource | undefined, field: Field | undefined, problem: string) =>
            judge.violations.push([resource?.name, field?.path, problem].filter(Boolean).join(": "));
        const stack = new Stack(all.map(stackResourceOf));
        const stackJudge = {
            wrong,
            part: (check: () => void) => judge.part(check),
            each: <T>(parts: Iterable<T>, check: (part: T) => void) => judge.each(parts, check),
        };
        judge.part(() => rule.checkStack(stack, stackJudge, filled));
    } else {
        for (const one of all) judge.part(() => rule.check(resourceOf(one), judge, filled));
    }
    return { violations: judge.violations, unjudged: [...judge.unknowns].map(({ path }) => path) };
}
