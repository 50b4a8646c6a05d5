import { isIPv4 } from "node:net";
import { bytes, millicores, postgresBytes } from "./units";

export type Kind = "string" | "integer" | "boolean" | "array" | "object";

/** What one argument may be. The default is absent where it is resolved from other arguments. */
export interface Setting {
    kind: Kind;
    default?: unknown;
    /** Its value is never shown, and configuration must hold it encrypted. */
    secret?: boolean;
    /** In words. */
    allowed: string;
    /** A good value, for the fix in a message. */
    example: unknown;
    accepts(value: unknown): boolean;
}

/** What all makers of settings take; the rest is theirs. */
interface Options {
    default?: unknown;
    example: unknown;
}

const isText = (value: unknown): value is string => typeof value === "string";

/** A setting whose value is text. The empty text means "not set", where that is the default. */
function textual(options: Options & { secret?: boolean }, allowed: string, test: (value: string) => boolean): Setting {
    const optional = options.default === "";
    return {
        ...options,
        kind: "string",
        allowed: optional ? `${allowed}; or empty` : allowed,
        accepts: (value) => isText(value) && ((optional && value === "") || test(value)),
    };
}

export const text = (allowed: string, pattern: RegExp, options: Options & { secret?: boolean }) =>
    textual(options, allowed, (value) => pattern.test(value));

export const flag = (options: Options): Setting => ({
    ...options,
    kind: "boolean",
    allowed: "true or false",
    accepts: (value) => typeof value === "boolean",
});

export const integer = (least: number, most: number, options: Options): Setting => ({
    ...options,
    kind: "integer",
    allowed: `a whole number from ${least} to ${most}`,
    accepts: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
});

export const choice = (values: Record<string, string>, options: Options): Setting => {
    const all = Object.values(values);
    return textual(options, `one of ${all.join(", ")}`, (value) => all.includes(value));
};

const isDnsLabel = (value: string) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value) && value.length <= 63;
const isDnsName = (value: string) => value.length <= 253 && value.split(".").every((part) => isDnsLabel(part));

export const dnsLabel = (options: Options) =>
    textual(options, "a DNS label: lower-case letters, digits and hyphens, 63 at most", isDnsLabel);

export const dnsName = (options: Options) =>
    textual(options, "a name of lower-case letters, digits, hyphens and dots, 253 at most", isDnsName);

export const cpu = (options: Options) =>
    textual(options, 'a CPU quantity above 0 such as "500m" or "2"', (value) => (millicores(value) ?? 0) > 0);

/** Binary or decimal suffix required: a bare number of bytes is nearly always a mistake. */
export const size = (options: Options) =>
    textual(
        options,
        'a quantity of at least 1Mi with a suffix, such as "512Mi" or "20Gi"',
        (value) => /[a-zA-Z]$/.test(value) && (bytes(value) ?? 0) >= 2 ** 20,
    );

export const postgresSize = (options: Options) =>
    textual(options, 'a PostgreSQL size in kB, MB or GB such as "512MB"', (value) => (postgresBytes(value) ?? 0) > 0);

const imagePattern =
    /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9._-]+(?:\/[a-z0-9._-]+)*(?::(?!latest(?:@|$))[A-Za-z0-9_][\w.-]{0,127}(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/;

export const image = (options: Options) =>
    text("an image with a version tag (not latest) or a digest", imagePattern, options);

export const url = (options: Options) =>
    textual(options, "a URL that starts with http:// or https://, with no path and no credentials", isOrigin);

function isOrigin(value: string): boolean {
    if (!/^https?:\/\//.test(value) || !URL.canParse(value)) {
        return false;
    }
    const parsed = new URL(value);
    return parsed.pathname === "/" && !parsed.search && !parsed.hash && !parsed.username && !parsed.password;
}

export function isCidr(value: string): boolean {
    const [address, prefix, ...rest] = value.split("/");
    return rest.length === 0 && isIPv4(address ?? "") && /^\d{1,2}$/.test(prefix ?? "") && Number(prefix) <= 32;
}

const list = (allowed: string, test: (item: string) => boolean, options: Options): Setting => ({
    ...options,
    kind: "array",
    allowed,
    accepts: (value) => Array.isArray(value) && value.every((item) => isText(item) && test(item)),
});

export const cidrs = (options: Options) => list('a list of IPv4 CIDRs such as ["10.20.0.0/24"]', isCidr, options);

export const dnsNames = (options: Options) => list("a list of names of Kubernetes objects", isDnsName, options);

export const map = (allowed: string, options: Options): Setting => ({
    ...options,
    kind: "object",
    allowed,
    accepts: (value) =>
        typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isText),
});
