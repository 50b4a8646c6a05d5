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

/** The one error that users see. A RunError is printed without a stack trace. */
export class SettingsError extends pulumi.RunError {
    constructor(
        public readonly problems: Problem[],
        outcome = "Nothing was created or changed.",
    ) {
        super(message(problems, outcome));
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

/** A value as a message shows it: short, on one line, and without the credentials of a URL. */
export function shown(value: unknown): string {
    const json = JSON.stringify(value) ?? String(value);
    const text = json.replace(/\/\/[^/@\s]*@/g, "//***@");
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
