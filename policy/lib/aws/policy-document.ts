// Policy documents of IAM, as JSON text or as objects: statements, and in them single values in place of lists, and any case of letters.
import type { Judge } from "../judge";
import { Field, UnknownValue } from "../field";
import { fits, hasWildcard } from "./wildcard";

export interface Condition {
    /** In small letters, without what is before and after it: `stringlike` of `ForAnyValue:StringLikeIfExists`. */
    operator: string;
    qualifier?: "forallvalues" | "foranyvalue";
    ifExists: boolean;
    /** In small letters. */
    key: string;
    values: string[];
}

export interface Principal {
    /** `AWS`, `Service`, `Federated` or `CanonicalUser`; `*` when it is one text for all of them. */
    kind: string;
    field: Field;
}

/** The elements of a list, or the one value in its place. */
function listOf(field: Field): Field[] {
    if (field.absent) return [];
    return Array.isArray(field.value) ? field.items : [field];
}

/** Numbers and booleans, which JSON may hold without quotes, as text. */
export function textOf(field: Field): string {
    const { value } = field;
    return typeof value === "string"
        ? value
        : typeof value === "number" || typeof value === "boolean"
          ? `${value}`
          : "";
}

/** The part of an object by its name in any case. */
function part(of: Field, name: string): Field {
    const found = of.entries.find(([key]) => key.toLowerCase() === name.toLowerCase());
    return found?.[1] ?? of.at(name);
}

interface ActionIndex {
    names: Map<string, Field>;
    patterns: [string, Field][];
    /** The first that is not known. */
    unknown?: Field;
    /** `NotAction`, when it is for all but these. */
    not?: Field;
}

export class Statement {
    private readonly kept: {
        actions?: Field[];
        resources?: Field[];
        conditions?: Condition[];
        byAction?: ActionIndex;
    } = {};

    constructor(readonly field: Field) {}

    /** Whatever is no Deny is taken for an Allow. */
    get allows(): boolean {
        return this.part("Effect").text?.toLowerCase() !== "deny";
    }

    part(name: "Effect" | "Action" | "NotAction" | "Resource" | "NotResource" | "NotPrincipal" | "Condition"): Field {
        return part(this.field, name);
    }

    get actions(): Field[] {
        return (this.kept.actions ??= listOf(this.part("Action")));
    }

    get resources(): Field[] {
        return (this.kept.resources ??= listOf(this.part("Resource")));
    }

    /** All resources but these; none when it is for those that are named. */
    get exceptedResources(): Field[] {
        return listOf(this.part("NotResource"));
    }

    get principals(): Principal[] {
        const principal = part(this.field, "Principal");
        if (principal.text !== undefined) return [{ kind: "*", field: principal }];
        return principal.entries.flatMap(([kind, fields]) => listOf(fields).map((field) => ({ kind, field })));
    }

    get conditions(): Condition[] {
        return (this.kept.conditions ??= this.readConditions());
    }

    private readConditions(): Condition[] {
        return this.part("Condition").entries.flatMap(([name, keys]) => {
            const [, qualifier, operator = "", ifExists] =
                /^(?:(\w+):)?(.*?)(ifexists)?$/.exec(name.toLowerCase().trim()) ?? [];
            return keys.entries.map(([key, values]) => ({
                operator,
                qualifier: qualifier as Condition["qualifier"],
                ifExists: ifExists !== undefined,
                key: key.toLowerCase(),
                values: listOf(values).map(textOf),
            }));
        });
    }

    /** The place by which the statement is for an action, such as `iam:PassRole`; undefined when it is not. Throws UnknownValue. */
    byWhich(action: string): Field | undefined {
        this.kept.byAction ??= this.indexActions();
        const { not, names, patterns, unknown } = this.kept.byAction;
        const wanted = action.toLowerCase();
        const found = names.get(wanted) ?? patterns.find(([pattern]) => fits(pattern, wanted))?.[1];
        if (!found && unknown) throw new UnknownValue(unknown);
        if (not) return found ? undefined : not;
        return found;
    }

    /** Actions that are named, for which no pattern must be tried, and patterns; all that are not meant under `NotAction`. */
    private indexActions(): ActionIndex {
        const notAction = this.part("NotAction");
        const index: ActionIndex = { names: new Map(), patterns: [], not: notAction.absent ? undefined : notAction };
        for (const field of index.not ? listOf(notAction) : this.actions) {
            if (field.unknown) {
                index.unknown ??= field;
                continue;
            }
            const text = textOf(field).toLowerCase();
            if (hasWildcard(text)) index.patterns.push([text, field]);
            else if (!index.names.has(text)) index.names.set(text, field);
        }
        return index;
    }
}

export class PolicyDocument {
    private parsed?: { content?: Field };
    private read?: Statement[];

    constructor(readonly field: Field) {}

    /** The document as an object; undefined when it is no JSON. Throws UnknownValue. */
    private get content(): Field | undefined {
        this.parsed ??= { content: this.parse() };
        return this.parsed.content;
    }

    private parse(): Field | undefined {
        const { text } = this.field;
        if (text === undefined) return this.field;
        try {
            return new Field(JSON.parse(text), this.field.path, this.field);
        } catch {
            return undefined;
        }
    }

    /** None in what is no document: `problem` says so. Throws UnknownValue. */
    get statements(): Statement[] {
        return (this.read ??= this.content
            ? listOf(part(this.content, "Statement")).map((field) => new Statement(field))
            : []);
    }

    /** What keeps it from being a document. Throws UnknownValue. */
    get problem(): string | undefined {
        if (!this.content) return "is no valid JSON; it must be a policy document";
        return part(this.content, "Statement").absent ? "has no Statement; it must be a policy document" : undefined;
    }

    /** A check of each statement that allows something. */
    eachAllow(judge: Pick<Judge, "each">, check: (statement: Statement) => void): void {
        judge.each(this.statements, (statement) => {
            if (statement.allows) check(statement);
        });
    }
}

/** A value of a document for a message, unless the document is a secret. */
export const quoted = (field: Field) => (field.secret ? "a secret value" : textOf(field));
