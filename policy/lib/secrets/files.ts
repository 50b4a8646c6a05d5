// Passwords in files of their own format, with no key that names them: .netrc, .pgpass and the like.
import type { Finding } from "./secret-like";
import { isLiteralSecret } from "./literal";

interface Format {
    /** Files of this name; in others, where there is none. */
    file?: RegExp;
    /** The first group is the password. */
    password: RegExp;
}

const formats: Format[] = [
    { password: /\bmachine\s+\S{1,255}\s+login\s+\S{1,255}\s+(?:account\s+\S{1,255}\s+)?password\s+(\S+)/g },
    { password: /\bdefault\s+login\s+\S{1,255}\s+password\s+(\S+)/g },
    { password: /:\s*(?:PSK|EAP|XAUTH|NTLM)\s+["']([^"'\n]+)["']/g },
    // host:port:database:user:password; elsewhere than in its own file the password must look like one.
    { file: /pgpass/i, password: /^[^:#\s]+:(?:\d+|\*):[^:\s]+:[^:\s]+:(\S+)$/gm },
    { password: /^(?:[\w-]*\.[\w.-]+|localhost|\*):(?:\d{4,5}|\*):[A-Za-z_*][\w*-]*:[A-Za-z_*][\w.@-]*:(?=\S*\d)(\S{6,})$/gm },
    { file: /userlist\.txt$/i, password: /^\s*"[^"\n]+"\s+"([^"\n]+)"/gm },
    { file: /sasl_passwd$/i, password: /^\S+\s+[^\s:]+:(\S+)$/gm },
    { file: /(?:chap|pap)-secrets$/i, password: /^\s*\S+\s+\S+\s+"?([^\s"]+)/gm },
]; // prettier-ignore

/** The passwords in a text, which may have the name of a file. */
export function inFile(name: string, text: string): Finding[] {
    return formats
        .filter(({ file }) => file?.test(name) ?? true)
        .filter(({ password }) => [...text.matchAll(password)].some((match) => isLiteralSecret(match[1]!, "password")))
        .slice(0, 1)
        .map(() => ({ what: "a password" }));
}
