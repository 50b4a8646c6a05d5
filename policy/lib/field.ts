// A place in a resource's properties, with its path. Reading a value that a preview does not know yet throws, so that no rule
// can take it for a good or a bad one by mistake.
import { isUnknown, Secret } from "./sdk";

/** A value was read that is not known in this preview. */
export class UnknownValue extends Error {
    constructor(readonly field: Field) {
        super(`${field.path} is not known in this preview`);
    }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

const unwrap = (value: unknown): unknown => (value instanceof Secret ? unwrap(value.value) : value);

/** A text, number or boolean as text; undefined for all else, of which some has no text at all. */
export const scalarOf = (value: unknown): string | undefined =>
    ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;

/** `spec.containers`, `data["application.yml"]` */
const joined = (path: string, key: string) =>
    /^[\w-]+$/.test(key) ? (path ? `${path}.${key}` : key) : `${path}[${JSON.stringify(key)}]`;

let last: Field | undefined;

/** The field that was read last: where a rule was when it crashed. */
export const lastRead = () => last;

export class Field {
    private readonly raw: unknown;
    /** Whether the value, or what it is part of, is marked as a secret. */
    readonly secret: boolean;
    /** What it inherits, by the name that it has here. */
    private above?: Record<string, Field>;

    constructor(
        value: unknown,
        /** Where it is in the resource, such as `spec.template.spec.containers[app].image`. */
        readonly path = "",
        private readonly parent?: Field,
        private readonly key?: string,
    ) {
        this.raw = unwrap(value);
        this.secret = value instanceof Secret || (parent?.secret ?? false);
    }

    get unknown(): boolean {
        return isUnknown(this.raw);
    }

    /** The value as it is, undefined when it is absent or null. Throws UnknownValue. */
    get value(): unknown {
        // eslint-disable-next-line @typescript-eslint/no-this-alias -- it is kept, not used as another name
        last = this;
        if (this.unknown) throw new UnknownValue(this);
        return this.raw ?? undefined;
    }

    get absent(): boolean {
        return this.value === undefined;
    }

    /** The text, undefined when it is no text. Throws UnknownValue. */
    get text(): string | undefined {
        const { value } = this;
        return typeof value === "string" ? value : undefined;
    }

    /** A text, number or boolean as text; undefined when it is none. Throws UnknownValue. */
    get scalar(): string | undefined {
        return scalarOf(this.value);
    }

    /** The number, also where it is written as text; NaN when it is none. Throws UnknownValue. */
    get number(): number {
        return Number(this.scalar ?? NaN);
    }

    /** All of the properties that this is a part of. */
    get root(): Field {
        return this.parent?.root ?? this;
    }

    /** The part of that name; an absent field when there is none. Throws UnknownValue when this itself is not known. */
    at(...keys: string[]): Field {
        return keys.reduce<Field>((field, key) => field.child(key), this);
    }

    private child(key: string): Field {
        const { value } = this;
        const inherited = this.above && Object.hasOwn(this.above, key) ? this.above[key] : undefined;
        if (inherited && !(isObject(value) && Object.hasOwn(value, key)) && (inherited.unknown || !inherited.absent))
            return inherited;
        return new Field(
            isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined,
            joined(this.path, key),
            this,
            key,
        );
    }

    /** The same field, which has these parts from elsewhere where it has none itself. */
    inheriting(parts: Record<string, Field>): Field {
        const field = new Field(this.raw, this.path, this.parent, this.key);
        field.above = parts;
        return field;
    }

    /** An object at this place that has these parts alone. */
    having(parts: Record<string, Field>): Field {
        return new Field({}, this.path, this).inheriting(parts);
    }

    /** The elements of a list, by their names in the path where they have one; none when it is no list. Throws UnknownValue. */
    get items(): Field[] {
        const { value } = this;
        if (!Array.isArray(value)) return [];
        return value.map((item: unknown, index) => {
            const plain = unwrap(item);
            const name = isObject(plain) ? unwrap(plain.name) : undefined;
            const label = typeof name === "string" && !isUnknown(name) ? name : String(index);
            return new Field(item, `${this.path}[${label}]`, this, String(index));
        });
    }

    /** The keys and parts of a map; none when it is no map. Throws UnknownValue. */
    get entries(): [string, Field][] {
        const { value } = this;
        return isObject(value) ? Object.keys(value).map((key) => [key, this.child(key)]) : [];
    }

    /** The value with all its parts, secrets as plain values. Throws UnknownValue when a part is not known. */
    get whole(): unknown {
        const { value } = this;
        if (Array.isArray(value)) return this.items.map((item) => item.whole);
        if (isObject(value)) return Object.fromEntries(this.entries.map(([key, part]) => [key, part.whole]));
        return value;
    }

    /** Puts a value here, for a remediation, making the objects on the way. */
    put(value: unknown): void {
        if (!this.parent || this.key === undefined) throw new Error("the root cannot be replaced");
        if (this.parent.absent) this.parent.put({});
        (this.parent.holder as Record<string, unknown>)[this.key] = value;
    }

    /** The object as it is in its parent now: `put` may just have made it. */
    private get holder(): unknown {
        if (!this.parent || this.key === undefined) return this.raw;
        return unwrap((this.parent.holder as Record<string, unknown>)[this.key]);
    }
}
