// Passwords in the arguments of programs that take them by a flag whose name does not tell: `curl -u user:password`, `mysql -ppassword`.
import type { Finding } from "./secret-like";
import { isLiteralSecret } from "./literal";

interface Program {
    name: RegExp;
    /** Flags with a password, or with a user and a password. */
    flags: string[];
    /** The flag takes a user and, after this, a password. */
    after?: string;
    /** The password can only follow the flag at once, as `-p` alone asks for one. */
    attached?: boolean;
    /** The word that must come after the program's name. */
    subcommand?: string;
}

const programs: Program[] = [
    { name: /^curl$/, flags: ["-u", "--user", "-U", "--proxy-user"], after: ":" },
    { name: /^(?:https?|xhs?)$/, flags: ["-a", "--auth"], after: ":" },
    { name: /^smbclient$/, flags: ["-U", "--user"], after: "%" },
    { name: /^(?:mysql\w*|mariadb[\w-]*|mariabackup|xtrabackup)$/, flags: ["-p"], attached: true },
    { name: /^mongo(?:sh|dump|restore|export|import|stat|top|files)?$/, flags: ["-p"] },
    { name: /^(?:redis|valkey|keydb)-(?:cli|benchmark)$/, flags: ["-a", "--pass"] },
    { name: /^sshpass$/, flags: ["-p"] },
    { name: /^ldap(?:search|add|modify|passwd|delete|whoami|compare|modrdn)$/, flags: ["-w"] },
    { name: /^(?:sqlcmd|bcp|osql)$/, flags: ["-P"] },
    { name: /^mosquitto_(?:pub|sub|rr)$/, flags: ["-P", "--pw"] },
    {
        name: /^(?:docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|argocd)$/,
        flags: ["-p"],
        subcommand: "login",
    },
    { name: /^openssl$/, flags: ["-pass", "-passin", "-passout"], after: "pass:" },
];

const programOf = (word: string) => {
    const name = word.slice(word.lastIndexOf("/") + 1);
    return programs.find((program) => program.name.test(name));
};

/** The value of one of the flags, at a word or after it. */
function valueOf({ flags, attached }: Program, word: string, next: string | undefined): string | undefined {
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

/** Where a command has a password: the numbers of its words. */
export function passwordsIn(words: readonly string[]): number[] {
    const start = words.findIndex((word) => programOf(word));
    if (start < 0) return [];
    const program = programOf(words[start]!)!;
    if (program.subcommand && !words.slice(start + 1, start + 4).includes(program.subcommand)) return [];
    return words.flatMap((word, index) => {
        if (index <= start) return [];
        const value = valueOf(program, word, words[index + 1]);
        const password = value === undefined ? undefined : passwordIn(program, value);
        if (password === undefined || password.length < 3 || !isLiteralSecret(password, "password")) return [];
        return [program.flags.includes(word) ? index + 1 : index];
    });
}

/** Has one of the programs, so that the text is worth taking apart. */
const anyProgram =
    /\b(?:curl|https?|xhs?|smbclient|mysql|mariadb|mariabackup|xtrabackup|mongo|redis|valkey|keydb|sshpass|ldap|sqlcmd|bcp|osql|mosquitto_|docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|argocd|openssl)/;
const flag = /(?:^|\s)-/;

/** A word of a shell, which may be quoted in part. */
const word = /(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g;
const unquoted = (text: string) => text.replace(/["']/g, "");

/** The passwords in the commands of a text, such as a script. */
export function inCommands(text: string): Finding[] {
    if (!flag.test(text) || !anyProgram.test(text)) return [];
    // A line that ends in a backslash goes on.
    const commands = text.replace(/\\\r?\n/g, " ").split(/[\n;|&`()]+/);
    return commands
        .filter((command) => flag.test(command) && anyProgram.test(command))
        .flatMap((command) => passwordsIn((command.match(word) ?? []).map(unquoted)))
        .map(() => ({ what: "a password in a command" }));
}
