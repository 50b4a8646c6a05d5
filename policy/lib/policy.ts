// From a rule to a CrossGuard policy: configuration, exemptions, values that are not known yet, and rules that crash.
import type {
    Policy,
    PolicyResource,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationPolicy,
} from "@pulumi/policy";
import { type Exemption, exemptionsSchema } from "./exemptions";
import { Field, lastRead, UnknownValue } from "./field";
import { frameworkOf } from "./framework";
import { Judge } from "./judge";
import type { Resource, StackResource } from "./resource";
import {
    type Config,
    isStackRule,
    type ResourceRule,
    type Rule,
    type StackJudge,
    type StackRule,
    withDefaults,
} from "./rule";
import { run } from "./run";
import { letGoOfMessages, propertiesOf } from "./sdk";
import { Stack } from "./stack";

/** The resource whose properties a field holds. */
const owners = new WeakMap<Field, string>();
const ownerOf = (value: Field) => owners.get(value.root) ?? "";

/** By the resource's properties, so that all rules share what is derived from a resource. */
const resources = new WeakMap<object, Resource>();

function resourceOf({
    urn,
    name,
    type,
    props,
}: Pick<ResourceValidationArgs, "urn" | "name" | "type" | "props">): Resource {
    const properties = propertiesOf(props);
    let resource = resources.get(properties);
    if (!resource) {
        resource = { urn, name, type, fields: new Field(properties) };
        owners.set(resource.fields, urn);
        resources.set(properties, resource);
    }
    return resource;
}

function stackResourceOf(given: PolicyResource): StackResource {
    const propertyDependencies = Object.entries(given.propertyDependencies).map(
        ([property, dependencies]) => [property, dependencies.map(({ urn }) => urn)] as const,
    );
    return {
        ...resourceOf(given),
        protect: given.opts.protect,
        parent: given.parent?.urn,
        provider: given.provider?.urn,
        inputs: run.inputsOf(given.urn),
        propertyDependencies: Object.fromEntries(propertyDependencies),
    };
}

/** One view of the stack for all stack rules, although the SDK makes its list of resources anew for each. */
const stacks = new WeakMap<object, Stack>();

function stackOf(given: PolicyResource[]): Stack {
    const first = given[0] ? propertiesOf(given[0].props) : {};
    let stack = stacks.get(first);
    if (!stack) {
        letGoOfMessages();
        stack = new Stack(given.map(stackResourceOf));
        stacks.set(first, stack);
    }
    return stack;
}

function configOf(rule: Rule, given: Config): Config {
    run.exemptions.learn(rule.name, given.exemptions as Exemption[] | undefined);
    return withDefaults(rule, given);
}

/** The engine shows a rule's remediation in Pulumi Cloud alone; in the message it is in the output, and in the JSON, of every backend. */
const told = ({ remediation }: Rule, problem: string) => `${problem}\nWhat to do: ${remediation}`;

/** A crash says where, never what: the message of an error may hold a value. */
function crash(error: unknown): string {
    const at = error instanceof Error ? /\(?([^\s(/]+:\d+):\d+\)?$/m.exec(error.stack ?? "")?.[1] : undefined;
    const kind = error instanceof Error ? error.name : typeof error;
    return `the rule itself crashed (${kind}${at ? ` at ${at}` : ""}), so nothing is known of this resource. Please report it.`;
}

/** Runs a check so that neither a crash nor a value that is not known goes by in silence. */
function guarded(judge: Judge, check: () => void): void {
    try {
        judge.part(check);
    } catch (error) {
        judge.violations.push(crash(error));
    }
}

function resourcePolicy(rule: ResourceRule): ResourceValidationPolicy {
    const { remediate } = rule;
    /** Crashes of the remediation, by URN: a remediation cannot report, so the check that follows it does. */
    const crashed = new Map<string, string>();
    return {
        ...policy(rule),
        validateResource: (args, report) => {
            // Only of AWS is it asked.
            if (args.type.startsWith("aws")) run.sees(args.urn, propertiesOf(args.props));
            const config = configOf(rule, args.getConfig<Config>());
            const judge = new Judge();
            const crashOfRemediation = crashed.get(args.urn);
            if (crashOfRemediation) judge.violations.push(crashOfRemediation);
            guarded(judge, () => rule.check(resourceOf(args), judge, config));
            run.notJudged(rule.name, judge.unknowns, ownerOf);
            if (judge.violations.length === 0 || run.exemptions.covers(rule.name, args.urn)) return;
            for (const violation of judge.violations) report(told(rule, violation));
        },
        ...(remediate && {
            remediateResource: (args: ResourceValidationArgs) => {
                const { urn, name, type, props } = args;
                configOf(rule, args.getConfig<Config>());
                if (run.exemptions.covers(rule.name, urn)) return undefined;
                const properties = propertiesOf(props);
                try {
                    return remediate({ urn, name, type, fields: new Field(properties) }) ? properties : undefined;
                } catch (error) {
                    // The check that follows says what is not known, and finds what was not remedied.
                    if (!(error instanceof UnknownValue)) crashed.set(urn, crash(error));
                    return undefined;
                }
            },
        }),
    };
}

function stackPolicy(rule: StackRule): StackValidationPolicy {
    return {
        ...policy(rule),
        validateStack: (args, report) => {
            const config = configOf(rule, args.getConfig<Config>());
            const { found, unknowns } = checkedStack(rule, stackOf(args.resources), config);
            run.notJudged(rule.name, unknowns, ownerOf);
            for (const { urn, message } of found)
                if (urn === undefined || !run.exemptions.covers(rule.name, urn)) report(told(rule, message), urn);
        },
    };
}

interface Found {
    urn?: string;
    message: string;
}

/** So many crashes of a rule are looked into, each by itself. */
const maxCrashes = 10;

/** What the rule says of a stack. A resource at which it crashes is left out, so that the crash costs no other. */
function checkedStack(rule: StackRule, stack: Stack, config: Config, crashes: Found[] = []) {
    const found: Found[] = [];
    const judge = new Judge();
    const wrong: StackJudge["wrong"] = (resource, field, problem) =>
        found.push({ urn: resource?.urn, message: field?.path ? `${field.path}: ${problem}` : problem });
    const stackJudge: StackJudge = {
        wrong,
        part: (check) => judge.part(check),
        each: (parts, check) => judge.each(parts, check),
    };
    try {
        judge.part(() => rule.checkStack(stack, stackJudge, config));
    } catch (error) {
        const at = lastRead();
        const culprit = at && stack.find(ownerOf(at));
        const crashed = [...crashes, { urn: culprit?.urn, message: crash(error) }];
        if (!culprit || crashed.length > maxCrashes) return { found: [...crashed, ...found], unknowns: judge.unknowns };
        return checkedStack(rule, stack.without(culprit), config, crashed);
    }
    return { found: [...crashes, ...found], unknowns: judge.unknowns };
}

function policy({ name, description, severity, level, references, remediation, config }: Rule): Policy {
    return {
        name,
        description,
        severity,
        enforcementLevel: level,
        tags: references,
        framework: frameworkOf(references),
        remediationSteps: remediation,
        configSchema: { properties: { ...config, exemptions: exemptionsSchema } },
    };
}

/** The policy of a rule, as a PolicyPack takes it. */
export const toPolicy = (rule: Rule): ResourceValidationPolicy | StackValidationPolicy =>
    isStackRule(rule) ? stackPolicy(rule) : resourcePolicy(rule);
