import * as pulumi from "@pulumi/pulumi";

/** One wrong setting: everything its owner needs to put it right. */
export interface Problem {
    /** The configuration key, which is the argument's name too. */
    key: string;
    /** Other keys that it is about. */
    also?: string[];
    /** What was given, never a secret. */
    got: string;
    /** What is allowed. */
    allowed: string;
    /** What to do. */
    fix: string;
}

/** The one error that users see. A RunError is printed without a stack trace by a program; in a plugin only if it has none. */
export class SettingsError extends pulumi.RunError {
    constructor(
        public readonly problems: Problem[],
        outcome = "Nothing was created or changed.",
    ) {
        super(message(problems, outcome));
        this.stack = undefined;
    }
}

function message(problems: Problem[], outcome: string): string {
    const count = problems.length === 1 ? "1 setting is wrong" : `${problems.length} settings are wrong`;
    const lines = problems.map(
        ({ key, got, allowed, fix }, index) =>
            `${index + 1}. ${key}\n     given:   ${got}\n     allowed: ${allowed}\n     fix:     ${fix}`,
    );
    return [`JustDB Cloud: ${count}. ${outcome}`, ...lines].join("\n  ");
}

/** A value as a message shows it: short, on one line, and without what may be a secret. Of a long text the beginning is enough to look at. */
export function shown(value: unknown): string {
    const text = secretForms.reduce((masked, form) => masked.replace(form, "$1***"), written(value).slice(0, 2000));
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** A value as configuration has it. */
export const written = (value: unknown): string =>
    typeof value === "number" ? String(value) : (JSON.stringify(value, named) ?? String(value));

/** What is known only later says of itself nothing but how to read it. */
function named(this: unknown, key: string, value: unknown): unknown {
    const itself = (this as Record<string, unknown>)[key];
    if (pulumi.Output.isInstance(itself)) return "an Output";
    return pulumi.Resource.isInstance(itself) ? "a resource" : value;
}

/** A part of a text in JSON, to its end or less. */
const some = String.raw`(?:[^"\\]|\\.)*`;

/** Of an address: user and password, with a scheme and without, and the query. The @ of a digest is none of these. Of a text in PEM: a key. */
const secretForms = [
    new RegExp(`(//)${some}(?=@(?!sha256:))`, "g"),
    new RegExp(`(")(?!\\w+://)${some}:${some}(?=@(?!sha256:))`, "g"),
    new RegExp(`(://[^"?]*\\?)${some}`, "g"),
    new RegExp(`(PRIVATE KEY-----)${some}`, "g"),
];
