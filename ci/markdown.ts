// Markdown that says what it is given and nothing else, whatever a resource is called.

const longest = 300;
const longestBlock = 4000;

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}…` : text);

/** Backticks that the text cannot end: one more than it has in a row. */
function fenceOf(text: string, least: number): string {
    const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
    return "`".repeat(Math.max(least, 1 + Math.max(0, ...runs)));
}

/** A text as code: the one place where Markdown, HTML, mentions and links mean nothing. Long ones are cut. */
export function code(text: string, most = longest): string {
    const line = cut(text.replace(/\s+/g, " ").trim(), most);
    if (line === "") return "(empty)";
    const fence = fenceOf(line, 1);
    const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return `${fence}${space}${line}${space}${fence}`;
}

/** A text of several lines as code. */
export function codeBlock(text: string): string[] {
    const whole = cut(text.trim(), longestBlock);
    const fence = fenceOf(whole, 3);
    return [`${fence}text`, ...whole.split(/\r?\n|\r/), fence];
}

/** The same in a cell of a table, where a bar would begin the next one. */
export const cell = (text: string): string => code(text).replaceAll("|", "\\|");

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** The first `most` of some lines, and how many are left out. */
export function firstOf(lines: string[], most: number): string[] {
    if (lines.length <= most) return lines;
    return [...lines.slice(0, most), `- … ${lines.length - most} more are left out here: see the log of the run`];
}
