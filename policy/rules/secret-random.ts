import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import type { Config, ResourceRule } from "../lib/rule";
import { isWeakRandom, namesSecret } from "../lib/secrets/weak-random";

/** How many characters are in the alphabet by default, and in each part of it. */
const specialCharacters = 21;
const parts = { upper: 26, lower: 26, numeric: 10 };

/** The alphabet's size; a part is in unless it is switched off. */
function alphabet(fields: Field): number {
    const isOn = (...names: string[]) => names.every((name) => fields.at(name).value !== false);
    const letters = Object.entries(parts).reduce((sum, [name, size]) => {
        const names = name === "numeric" ? ["numeric", "number"] : [name];
        return isOn(...names) ? sum + size : sum;
    }, 0);
    if (!isOn("special")) return letters;
    const own = fields.at("overrideSpecial").text;
    return letters + (own ? new Set(own).size : specialCharacters);
}

function checkPassword(fields: Field, judge: Judge, config: Config): void {
    judge.part(() => {
        const length = fields.at("length");
        if (length.absent) return;
        // What is no number, the provider refuses.
        const characters = length.number;
        const minLength = config.minLength as number;
        if (characters < minLength) {
            judge.wrong(length, `is ${characters}; it must be at least ${minLength}`);
            return;
        }
        const bits = Math.floor(characters * Math.log2(Math.max(alphabet(fields), 1)));
        const minBits = config.minBits as number;
        if (bits < minBits)
            judge.wrong(length, `gives ${bits} bits of randomness with this alphabet; ${minBits} are needed: more characters, or more kinds of them`); // prettier-ignore
    });
}

export const secretRandom: ResourceRule = {
    name: "secret-random",
    description:
        "Generated passwords are long and varied, and come from RandomPassword or RandomBytes, which mark them as secrets.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation:
        "Use RandomPassword with a length of 32, or RandomBytes; RandomString, RandomId, RandomPet, RandomUuid and RandomInteger keep their result in plain.",
    config: {
        minLength: {
            type: "integer",
            minimum: 8,
            default: 16,
            description: "The least number of characters of a RandomPassword",
        },
        minBits: {
            type: "integer",
            minimum: 64,
            default: 95,
            description: "The least randomness of a RandomPassword, in bits; 16 letters and digits have 95",
        },
    },
    check: (resource, judge, config) => {
        if (/^random:[\w/]+:RandomPassword$/.test(resource.type)) checkPassword(resource.fields, judge, config);
        const bytes = resource.fields.at("length");
        if (/^random:[\w/]+:RandomBytes$/.test(resource.type) && namesSecret(resource.name) && bytes.number < 12)
            judge.wrong(bytes, "gives fewer than 12 bytes of randomness, too few for a secret");
        if (isWeakRandom(resource) && namesSecret(resource.name))
            judge.wrong(resource.fields, `${resource.name} is named as a secret, but this resource keeps its result in plain; use RandomPassword or RandomBytes`); // prettier-ignore
    },
};
