// Random text with at least so many characters of each class; randomness and order from the system's generator.
import { randomInt } from "node:crypto";

export interface PasswordOptions {
    length: number;
    lower: boolean;
    upper: boolean;
    numeric: boolean;
    special: boolean;
    minLower: number;
    minUpper: number;
    minNumeric: number;
    minSpecial: number;
    overrideSpecial: string;
}

const lower = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const special = "!@#$%&*()-_=+[]{}<>:?";

function pick(alphabet: string, count: number): string[] {
    return Array.from({ length: count }, () => alphabet.charAt(randomInt(alphabet.length)));
}

function shuffle(characters: string[]): string[] {
    for (let i = characters.length - 1; i > 0; i--) {
        const j = randomInt(i + 1);
        [characters[i], characters[j]] = [characters[j] as string, characters[i] as string];
    }
    return characters;
}

function classes(options: PasswordOptions) {
    return [
        { alphabet: lower, used: options.lower, least: options.minLower },
        { alphabet: lower.toUpperCase(), used: options.upper, least: options.minUpper },
        { alphabet: digits, used: options.numeric, least: options.minNumeric },
        { alphabet: options.overrideSpecial || special, used: options.special, least: options.minSpecial },
    ];
}

/** What is wrong with the options; undefined when a password can be made. */
export function passwordProblem(options: PasswordOptions): string | undefined {
    const least = classes(options).reduce((sum, { least }) => sum + least, 0);
    if (!Number.isInteger(options.length) || options.length < 1) return "length must be a whole number from 1";
    if (least > options.length) return `length ${options.length} is below the sum of the minimums, ${least}`;
    if (!classes(options).some(({ used }) => used)) return "one of lower, upper, numeric, special must be true";
    return undefined;
}

export function makePassword(options: PasswordOptions): string {
    const problem = passwordProblem(options);
    if (problem) throw new Error(problem);
    const required = classes(options).flatMap(({ alphabet, least }) => pick(alphabet, least));
    const all = classes(options)
        .filter(({ used }) => used)
        .map(({ alphabet }) => alphabet)
        .join("");
    return shuffle([...required, ...pick(all, options.length - required.length)]).join("");
}
