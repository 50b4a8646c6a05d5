// The secret values of a stack, and where else they appear. A value counts as a secret when something says so - the resource it is made
// by, a mark, a Secret - and when it is telling enough that to find it elsewhere is no coincidence.
import { fromBase64, looksRandom, readable } from "./entropy";
import { Finder } from "./finder";
import type { KubernetesObject } from "../kubernetes/objects";
import { type Leaf, leavesOf, leavesOfField } from "./leaves";
import type { StackResource } from "../resource";
import { knownSecret } from "./format";
import { isOpen, secretNoun } from "./key";
import { isObjectName } from "./literal";
import type { Stack } from "../stack";

/** Outputs that are secrets by what they are. The first kind has no other output that is not known in a preview. */
const makers: { type: RegExp; outputs: string[]; only: boolean }[] = [
    { type: /^random:[\w/]+:RandomPassword$/, outputs: ["result"], only: true },
    { type: /^random:[\w/]+:RandomBytes$/, outputs: ["base64", "hex"], only: true },
    { type: /^aws:iam\/accessKey:AccessKey$/, outputs: ["secret", "sesSmtpPasswordV4"], only: false },
    {
        type: /^tls:[\w/]+:PrivateKey$/,
        outputs: ["privateKeyPem", "privateKeyOpenssh", "privateKeyPemPkcs8"],
        only: false,
    },
    { type: /^aws:secretsmanager\/secretVersion:SecretVersion$/, outputs: ["secretString"], only: false },
];

export const makesSecrets = ({ type }: StackResource) => makers.some((maker) => maker.type.test(type));
/** All that comes from it and is not known yet comes from its secret. */
export const makesOnlySecrets = ({ type }: StackResource) =>
    makers.some((maker) => maker.only && maker.type.test(type));

export const isSecretObject = ({ kind, group }: KubernetesObject) => kind === "Secret" && group === "";

const minLength = 8;
/** A longer secret is known by its longest line. */
const maxLength = 200;

/** Names, numbers, addresses, ids: they stand in many places for good reasons, also where one of them is marked as a secret. */
const coincidental = [
    /^\[secret\]$/, // what the engine shows of a secret that it cannot decrypt
    /^[\d.,:+-]+$/,
    /^[A-Za-z]+$/,
    /^(?:[a-z][a-z0-9+.-]*:)?\/\/?[\w./:@?&=%-]*$/i,
    /^[\w.-]*\/[\w./-]*\.[\w]+$/,
    /^arn:/,
    /^[\w.+-]+@[\w.-]+$/,
    /^[0-9a-f]{8}-[0-9a-f]{4}-/i,
    /^(?:AKIA|ASIA|AIDA|AROA)[A-Z2-7]{16}$/,
    /^(?:sha\d+[:-]|\$2[abxy]\$|\$argon2)/,
    /-----BEGIN (?:CERTIFICATE|PUBLIC KEY)/,
    /^\d{4}-\d\d-\d\d/,
];

function isTelling(value: string): boolean {
    if (value.length < minLength || coincidental.some((pattern) => pattern.test(value)))
        return knownSecret(value) !== undefined;
    return !(isObjectName(value) && (/[-./]/.test(value) || value.length < 12));
}

/** What of a value to look for: a long one's longest line. No half of a character outside of the basic plane, which no URL can have. */
const sought = (value: string): string =>
    value.length <= maxLength && !value.includes("\n")
        ? value
        : value.split(/\r?\n/).reduce((longest, line) => (line.length > longest.length ? line : longest), "").slice(0, maxLength).replace(/[\ud800-\udbff]$/, ""); // prettier-ignore

const isWhole = (text: string) => !/[\ud800-\udfff]/u.test(text);

/** The value as it may be written elsewhere: in a URL, in JSON, in base64. */
function spellings(value: string): string[] {
    const base64 = Buffer.from(value).toString("base64");
    const inUrl = isWhole(value) ? [encodeURIComponent(value)] : [];
    return [value, ...inUrl, JSON.stringify(value).slice(1, -1), base64, base64.replace(/=+$/, "")];
}

export class Secrets {
    private readonly origins = new Map<string, string>();
    private finder: Finder | undefined;

    /** Takes in a value that is a secret if it is telling. `origin` is where it comes from, for a message. */
    private add(value: string, origin: string): void {
        if (!isTelling(value)) return;
        for (const spelling of spellings(sought(value.trim())))
            if (spelling.length >= minLength && !this.origins.has(spelling)) this.origins.set(spelling, origin);
    }

    /** What a mark, or a Secret, makes a secret: by the name of its key, or as it looks like one. */
    private learn({ key, value, own }: Pick<Leaf, "key" | "value" | "own">, origin: string, depth = 0): void {
        if (typeof value !== "string" || value.length < minLength) return;
        const parsed: unknown = depth === 0 && /^\s*\{/.test(value) ? parsedJson(value) : undefined;
        if (parsed !== undefined) {
            for (const leaf of leavesOf(parsed)) this.learn({ ...leaf, own: false }, origin, 1);
        } else if (secretNoun(key) !== undefined || knownSecret(value) || looksRandom(value)) {
            this.add(value, origin);
        } else if (own && !isOpen(key)) {
            this.add(value, origin);
        }
    }

    constructor(stack: Stack) {
        for (const resource of stack.resources) {
            const maker = makers.find(({ type }) => type.test(resource.type));
            if (resource.type.startsWith("kubernetes:") && !resource.type.startsWith("kubernetes:helm.sh/")) continue;
            for (const leaf of leavesOf(resource.fields.value)) {
                if (typeof leaf.value !== "string") continue;
                const origin = () => `${resource.name}.${leaf.path.join(".")}`;
                if (maker) {
                    if (maker.outputs.includes(String(leaf.path[0]))) this.add(leaf.value, origin());
                } else if (leaf.marked) this.learn(leaf, origin());
            }
        }
        for (const { resource, object } of stack.objects)
            if (isSecretObject(object)) this.learnSecret(resource, object);
    }

    private learnSecret({ name }: StackResource, { fields }: KubernetesObject): void {
        for (const map of ["data", "stringData"]) {
            if (fields.at(map).unknown) continue;
            for (const leaf of leavesOfField(fields.at(map))) {
                if (typeof leaf.value !== "string") continue;
                const bytes = map === "data" ? fromBase64(leaf.value) : undefined;
                const value = bytes ? readable(bytes) : map === "data" ? undefined : leaf.value;
                if (value !== undefined) this.learn({ ...leaf, value, own: false }, `${name}.${map}.${leaf.key}`);
            }
        }
    }

    /** Where the secret comes from that is in a text, by itself or in base64; undefined when there is none. */
    in(text: string): string | undefined {
        if (text.length < minLength || this.origins.size === 0) return undefined;
        this.finder ??= new Finder(minLength, this.origins.keys());
        const found = this.finder.in(text) ?? this.inBase64(text);
        return found === undefined ? undefined : this.origins.get(found);
    }

    /** Base64 of a secret alone is among the spellings; here is one inside something longer. */
    private inBase64(text: string): string | undefined {
        if (text.length < 16) return undefined;
        const bytes = fromBase64(text);
        const plain = bytes && readable(bytes);
        return plain === undefined ? undefined : this.finder?.in(plain);
    }
}

function parsedJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
