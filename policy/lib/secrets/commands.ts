// Passwords in the arguments of programs: by a flag whose name tells, by a header, and as each program takes one.
import type { Finding } from "./secret-like";
import { secretNoun } from "./key";
import { isLiteralSecret } from "./literal";
import { anyProgram, type Program, programs } from "./programs";

const isPassword = (text: string) => text.length >= 3 && isLiteralSecret(text, "password");

function programAt(words: readonly string[], index: number): Program | undefined {
    const word = words[index]!;
    const name = word.slice(word.lastIndexOf("/") + 1);
    return programs.find(
        (program) =>
            program.name.test(name) &&
            (!program.subcommand || words.slice(index + 1, index + 5).some((next) => program.subcommand!.test(next))),
    );
}

/** The value of one of the flags, at a word or after it. */
function valueOf({ flags = [], attached }: Program, word: string, next: string | undefined): string | undefined {
    if (flags.includes(word)) return attached ? undefined : next;
    const flag = flags.find((one) => word.startsWith(one.startsWith("--") ? `${one}=` : one));
    if (flag === undefined) return undefined;
    const value = word.slice(flag.length).replace(/^=/, "");
    return /^--|^-\w$/.test(flag) && !/^-p(?:ort|rotocol)\b/i.test(word) ? value : undefined;
}

function passwordIn({ after }: Program, value: string): string | undefined {
    if (after === undefined) return value;
    const at = value.indexOf(after);
    if (at < 0) return undefined;
    const [user, password] = [value.slice(0, at), value.slice(at + after.length)];
    // The ids of a user and a group.
    return /^\d+$/.test(user) && /^\d+$/.test(password) ? undefined : password;
}

const holdsPassword = (program: Program, value: string | undefined) =>
    value !== undefined && isPassword(passwordIn(program, value) ?? "");

/** The numbers of the words that are passwords of the program at `start`, whose words end before `end`. */
function passwordsOf(program: Program, words: readonly string[], start: number, end: number): number[] {
    const own = Array.from({ length: end - start - 1 }, (_, index) => start + 1 + index);
    const byFlag = own.filter((index) => holdsPassword(program, valueOf(program, words[index]!, words[index + 1])));
    const found = byFlag.map((index) => (program.flags?.includes(words[index]!) ? index + 1 : index));
    return [...found, ...byPlace(program, words, own)];
}

/** The argument, of those after the subcommand, that is the password by its place. */
function byPlace(program: Program, words: readonly string[], own: number[]): number[] {
    const { argument, subcommand } = program;
    if (argument === undefined) return [];
    const after = subcommand ? own.findIndex((index) => subcommand.test(words[index]!)) + 1 : 0;
    const place = own
        .slice(after)
        .filter((index) => !words[index]!.startsWith("-"))
        .at(argument);
    if (place === undefined || /^[@/]/.test(words[place]!)) return [];
    return holdsPassword(program, words[place]) ? [place] : [];
}

/** Where a command has a password: the numbers of its words. One program may start another: `docker exec db mysql -ppassword`. */
export function passwordsIn(words: readonly string[]): number[] {
    const started = words.flatMap((_, index) => {
        const program = programAt(words, index);
        return program ? [{ program, index }] : [];
    });
    return started.flatMap(({ program, index }, place) =>
        passwordsOf(program, words, index, started[place + 1]?.index ?? words.length),
    );
}

/** `--password x`, and not what a text says of the flag: `--password string`. */
const secretFlag = /^--?[A-Za-z][\w.-]{2,64}$/;
const isWord = (text: string) => /^[A-Za-z]+[.,:;]?$/.test(text);
const header = /^([\w-]{1,64}):\s*(\S+)$/;

/** Of a flag, or a header, whose name tells of a secret. A list of arguments has its flags judged one by one. */
function isNamed(word: string, next: string): boolean {
    if (next.length < 3) return false;
    if (word === "-H" || word === "--header") {
        const [, name, value] = header.exec(next) ?? [];
        const noun = name === undefined ? undefined : secretNoun(name);
        return noun !== undefined && isLiteralSecret(value!, noun, true);
    }
    const noun = secretFlag.test(word) ? secretNoun(word) : undefined;
    return noun !== undefined && !next.startsWith("-") && !isWord(next) && isLiteralSecret(next, noun, true);
}

/** A flag that may have a secret, so that the text is worth taking apart. */
const anyFlag = /(?:^|\s)-(?:H\s|-header\s|-?[\w.-]*(?:pass|pwd|token|secret|key|cred))/i;

/** A word of a shell, which may be quoted in part. */
const word = /(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g;
const unquoted = (text: string) => text.replace(/["']/g, "");

const isWorth = (text: string) => anyProgram.test(text) || anyFlag.test(text);

/** The passwords in the commands of a text, such as a script. */
export function inCommands(text: string): Finding[] {
    if (!isWorth(text)) return [];
    // A line that ends in a backslash goes on.
    const commands = text.replace(/\\\r?\n/g, " ").split(/[\n;|&`()]+/);
    return commands
        .filter(isWorth)
        .map((command) => (command.match(word) ?? []).map(unquoted))
        .flatMap((words) => [
            ...passwordsIn(words),
            ...words.filter((one, index) => isNamed(one, words[index + 1] ?? "")),
        ])
        .map(() => ({ what: "a password in a command" }));
}
