// Reads the doc comments of the argument interfaces.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

export interface DocumentedArgument {
    name: string;
    text: string;
    /** The text behind the tag; empty where the tag is missing. */
    default: string;
    example: string;
}

const folder = join(__dirname, "../components/args");
const order = [
    "general",
    "application",
    "storage",
    "postgres",
    "migrations",
    "backup",
    "archive",
    "drill",
    "restore",
    "redis",
    "network",
];

/** The arguments by the file that they stand in, in the order of the documentation. */
export function documentedArguments(): { file: string; fields: DocumentedArgument[] }[] {
    const files = readdirSync(folder).map((file) => basename(file, ".ts"));
    const parsed = files.map((file) => ({ file, fields: parse(readFileSync(join(folder, `${file}.ts`), "utf8")) }));
    return parsed
        .filter(({ fields }) => fields.length > 0)
        .sort((a, b) => order.indexOf(a.file) - order.indexOf(b.file));
}

function parse(source: string): DocumentedArgument[] {
    return [...source.matchAll(/\/\*\*\n((?: +\*.*\n)+?) +\*\/\n +(\w+)\?:/g)].map(([, comment, name]) => {
        const lines = comment!.split("\n").map((line) => line.replace(/^ *\* ?/, ""));
        const tag = (wanted: string) => lines.find((line) => line.startsWith(wanted))?.slice(wanted.length + 1) ?? "";
        const text = lines.filter((line) => !line.startsWith("@")).join(" ");
        return { name: name!, text: text.trim(), default: tag("@default"), example: tag("@example") };
    });
}
