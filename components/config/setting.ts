import { isIP } from "node:net";
import { isCidr } from "../lib/cidr";
import { bytes, millicores, postgresBytes } from "../lib/units";
import type { Resolved } from "../parts";
import { areCertificates } from "./certificates";

export type Kind = "string" | "integer" | "number" | "boolean" | "array" | "object";
type Value = string | number | boolean | object;
/** A value, or what follows from the settings that are declared before. */
export type Default = Value | ((known: Resolved) => Value);

/** What one argument may be. */
export interface Setting {
    kind: Kind;
    default: Default;
    /** Its value is never shown, and configuration must hold it encrypted. */
    secret?: boolean;
    /** Its value is never shown either: somebody may have put a secret into it. */
    hidden?: boolean;
    /** It may be an Input: a value that is known only when other resources exist. */
    input?: boolean;
    /** Pods run it: it is pulled by the mirror of its registry. */
    pulled?: boolean;
    /** In words. */
    allowed: string;
    /** A good value, for the fix in a message. */
    example: unknown;
    /** How it is set, where an example would say too little. */
    how?: (key: string) => string;
    /** All good values, where they can be counted. */
    choices?: string[];
    accepts(value: unknown): boolean;
    /** Of a list or a map, the items that are wrong on their own. */
    wrong?: (value: unknown) => object;
}

/** What every argument of a part may be. */
export type Schema<Args> = { [K in keyof Args]-?: Setting };

/** What all makers of settings take; the rest is theirs. */
interface Options {
    default: Default;
    example: unknown;
    secret?: boolean;
    hidden?: boolean;
    input?: boolean;
}

export const isText = (value: unknown): value is string => typeof value === "string";

/** A setting whose value is text. The empty text means "not set", where that is the default. */
function textual(options: Options, allowed: string, test: (value: string) => boolean): Setting {
    const optional = options.default === "";
    return {
        ...options,
        kind: "string",
        allowed: optional ? `${allowed}; or empty` : allowed,
        accepts: (value) => isText(value) && ((optional && value === "") || test(value)),
    };
}

export const text = (allowed: string, pattern: Pick<RegExp, "test">, options: Options) =>
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

/** The number of a credential: one more makes it again. */
export const generation = (): Setting => integer(1, 1_000_000, { default: 1, example: 2 });

export const percent = (least: number, most: number, options: Options): Setting => ({
    ...options,
    kind: "number",
    allowed: `a number from ${least} to ${most}`,
    accepts: (value) => typeof value === "number" && value >= least && value <= most,
});

export const choice = (values: Record<string, string>, options: Options): Setting => {
    const choices = Object.values(values);
    return { ...textual(options, `one of ${choices.join(", ")}`, (value) => choices.includes(value)), choices };
};

const isDnsLabel = (value: string) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value) && value.length <= 63;
const isDnsName = (value: string) => value.length <= 253 && value.split(".").every((part) => isDnsLabel(part));

export const dnsLabel = (options: Options) =>
    textual(options, "a DNS label: lower-case letters, digits and hyphens, 63 at most", isDnsLabel);

export const dnsName = (options: Options) =>
    textual(options, "a name of lower-case letters, digits, hyphens and dots, 253 at most", isDnsName);

/** Its last label holds a letter: else it is an address, or one with a mistake in it. */
const isHostName = (value: string) => isDnsName(value) && !/(?:^|\.)\d+$/.test(value);

/** An address of IPv6 as it is, without the brackets of a URL. */
export const host = (options: Options) =>
    textual(
        options,
        "a host name of lower-case letters, digits, hyphens and dots, 253 at most, or an address",
        (value) => isHostName(value) || isIP(value) > 0,
    );

/** A name in DNS, which is no address. */
export const hostName = (options: Options) =>
    textual(
        options,
        "a DNS name with a dot, of lower-case letters, digits and hyphens",
        (value) => isHostName(value) && value.includes("."),
    );

export const cpu = (options: Options) =>
    textual(options, 'a CPU quantity above 0 such as "500m" or "2"', (value) => (millicores(value) ?? 0) > 0);

/** For a limit over a request that is fixed. */
export const cpuAtLeast = (least: string, options: Options) =>
    textual(
        options,
        `a CPU quantity of at least ${least}, such as "500m" or "2"`,
        (value) => (millicores(value) ?? 0) >= millicores(least)!,
    );

/** Binary or decimal suffix required: a bare number of bytes is nearly always a mistake. */
export const size = (least: string, options: Options) =>
    textual(
        options,
        `a quantity of at least ${least} with a suffix, such as "512Mi" or "20Gi"`,
        (value) => /[a-zA-Z]$/.test(value) && (bytes(value) ?? 0) >= bytes(least)!,
    );

export const postgresSize = (options: Options) =>
    textual(
        options,
        'a PostgreSQL size of at least 128kB, in kB, MB or GB, such as "512MB"',
        (value) => (postgresBytes(value) ?? 0) >= 128 * 2 ** 10,
    );

const imagePattern =
    /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9._-]+(?:\/[a-z0-9._-]+)*(?::(?!latest(?:@|$))[A-Za-z0-9_][\w.-]{0,127}(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/;

export const image = (options: Options): Setting => ({
    ...text("an image with a version tag (not latest) or a digest", imagePattern, options),
    pulled: true,
});

/** The name of an image whose tag tells the version of what is in it. */
export const versionedImageName = (options: Options) =>
    textual(
        options,
        'an image whose tag starts with the version, such as "postgresql:18.4-system-trixie"',
        (value) => imagePattern.test(value) && /:\d[^/:]*$/.test(value.replace(/@.*/, "")),
    );

/** The same, for one that pods run. */
export const versionedImage = (options: Options): Setting => ({ ...versionedImageName(options), pulled: true });

export const url = (options: Options) =>
    textual(
        options,
        "a URL that starts with http:// or https://, with no path and no credentials",
        (value) => isWebAddress(value) && new URL(value).pathname === "/",
    );

/** For what is found below it. */
export const folderUrl = (options: Options) =>
    textual(
        options,
        "a URL that starts with http:// or https://, with no credentials, no query and no slash at the end",
        (value) => isWebAddress(value) && !value.endsWith("/"),
    );

/** By the form alone too, as a parser puts much of it right by itself. Of what stands before an @ the first part could be a password. */
const isWebAddress = (value: string) => /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#]*)?$/.test(value) && URL.canParse(value);

/** The engine hands all configuration to the program in one variable, and Linux ends a variable at 128 KiB. */
export const certificates: Setting = {
    ...textual(
        { default: "", example: "", input: true },
        "one or more certificates in PEM and nothing else, 64 KiB at most",
        (value) => value.length <= 64 * 1024 && areCertificates(value),
    ),
    how: (key) => `pulumi config set ${key} < ca.pem, with the certificates of those authorities alone`,
};

const items = (allowed: string, isItem: (item: unknown) => boolean, options: Options): Setting => ({
    ...options,
    kind: "array",
    allowed,
    accepts: (value) => Array.isArray(value) && value.every(isItem),
    wrong: (value) => (Array.isArray(value) ? (value as unknown[]).filter((item) => !isItem(item)) : []),
});

/** The same, and one at least. */
const oneOrMore = (any: Setting): Setting => ({
    ...any,
    accepts: (value) => any.accepts(value) && (value as unknown[]).length > 0,
});

export const list = (allowed: string, test: (item: string) => boolean, options: Options) =>
    items(allowed, (item) => isText(item) && test(item), options);

/** One or more texts of a form. */
export const texts = (allowed: string, test: (item: string) => boolean, options: Options) =>
    oneOrMore(list(allowed, test, options));

export const cidrs = (options: Options) =>
    list('a list of CIDRs of IPv4 or IPv6, such as ["10.20.0.0/24", "fd00:20::/64"]', isCidr, options);

const isPort = (value: unknown) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535;

export const ports = (options: Options) =>
    oneOrMore(items("a list of one or more ports from 1 to 65535, such as [443, 6443]", isPort, options));

/** The API server refuses a list that it keeps by name where a name is in it twice. */
export function dnsNames(options: Options): Setting {
    const names = list("a list of names of Kubernetes objects, each once", isDnsName, options);
    return { ...names, accepts: (value) => names.accepts(value) && isEachOnce(value as string[]) };
}

const isEachOnce = (values: string[]) => new Set(values).size === values.length;

/** A key in a Secret that exists already. */
export const secretKey = (usual: string) =>
    text("a key of a Secret: letters, digits, hyphens, underscores and dots", /^[-.\w]{1,253}$/, {
        default: usual,
        example: usual,
    });

/** Names of labels and annotations alike: a prefix may stand before a slash. */
const metadataName = /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/;

export const isLabelValue = (value: unknown): value is string => isText(value) && labelValue.test(value);

export const isMetadataName = (value: unknown): value is string => isText(value) && metadataName.test(value);

export const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** Things that Kubernetes itself gives a form. */
export const objects = (allowed: string, test: (item: Record<string, unknown>) => boolean, options: Options) =>
    items(allowed, (item) => isObject(item) && test(item), options);

export const map = (
    allowed: string,
    isEntry: (entry: [name: string, item: unknown]) => boolean,
    options: Options,
): Setting => ({
    ...options,
    kind: "object",
    allowed,
    accepts: (value) => isObject(value) && Object.entries(value).every(isEntry),
    wrong: (value) =>
        isObject(value) ? Object.fromEntries(Object.entries(value).filter((entry) => !isEntry(entry))) : {},
});

const metadata = (allowed: string, isValue: (value: unknown) => boolean, options: Options) =>
    map(allowed, ([name, item]) => isMetadataName(name) && isValue(item), options);

export const annotations = (options: Options) =>
    metadata("annotation names and their values, both text", isText, options);

export const podLabels = (options: Options) =>
    metadata("label names and their values, both text", isLabelValue, options);

/** Text that configuration must hold encrypted. */
export const secret = (allowed: string, pattern: RegExp) =>
    text(allowed, pattern, { default: "", example: "<secret>", secret: true, input: true });

export const password = secret(
    "16 to 256 characters, none of them a quote, a backslash or white space",
    /^[^\s"'\\]{16,256}$/,
);
