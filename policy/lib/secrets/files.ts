// Passwords in files of their own format, with no key that names them: .netrc, .pgpass and the like.
import type { Finding } from "./secret-like";
import { isLiteralSecret } from "./literal";

interface Format {
    /** Files of this name; in others, where there is none. */
    file?: RegExp;
    /** Files that have this somewhere. */
    marker?: RegExp;
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
    { file: /userlist\.txt$/i, password: /^[ \t]*"[^"\n]+"\s+"([^"\n]+)"/gm },
    { file: /sasl_passwd$/i, password: /^\S+\s+[^\s:]+:(\S+)$/gm },
    // `user default on >password ~* +@all` of Redis, and its sentinels.
    { file: /acl|redis|valkey/i, password: /^user\s+\S{1,255}\s(?:[^\n>]{0,1024}\s)?>(\S+)/gm },
    { password: /^[ \t]*sentinel\s+(?:auth-pass|sentinel-pass)\s+(?:\S{1,255}\s+)?(\S+)$/gm },
    // The users of Kafka and ZooKeeper, as JAAS has them.
    { marker: /LoginModule/, password: /\buser_[\w.@-]{1,255}\s*=\s*"([^"\n]+)"/g },
    { password: /^[ \t]*stats\s+auth\s+[^\s:]{1,255}:(\S+)/gm },
    { marker: /password-stdin/, password: /\becho\s+(?:-n\s+)?["']?([^"'\s|]+)["']?\s*\|[^\n|]{0,255}--password-stdin/g },
    { password: /\buser\s+"[^"\n]{1,255}"\s+pass(?:word)?\s+"([^"\n]+)"/g },
    { marker: /chpasswd/, password: /\becho\s+["']?[\w.-]{1,64}:([^"'\s|]+)["']?\s*\|\s*(?:sudo\s+)?chpasswd/g },
    { file: /(?:chap|pap)-secrets$/i, password: /^[ \t]*\S+\s+\S+\s+"?([^\s"]+)/gm },
]; // prettier-ignore

/** The passwords in a text, which may have the name of a file. */
export function inFile(name: string, text: string): Finding[] {
    return formats
        .filter(({ file, marker }) => (file?.test(name) ?? true) && (marker?.test(text) ?? true))
        .filter(({ password }) => [...text.matchAll(password)].some((match) => isLiteralSecret(match[1]!, "password")))
        .slice(0, 1)
        .map(() => ({ what: "a password" }));
}
