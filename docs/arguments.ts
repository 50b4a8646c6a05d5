// Reads the doc comments of the argument interfaces.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parts } from "../components/parts";

export interface DocumentedArgument {
    name: string;
    text: string;
    /** The text behind the tag; empty where the tag is missing. */
    default: string;
    example: string;
}

/** The arguments by the part that they are of, in the order of the documentation. */
export const documentedArguments = (): { file: string; fields: DocumentedArgument[] }[] =>
    parts.map(({ name }) => ({
        file: name,
        fields: parse(readFileSync(join(__dirname, "../components", name, "args.ts"), "utf8")),
    }));

function parse(source: string): DocumentedArgument[] {
    return [...source.matchAll(/\/\*\*\n((?: +\*.*\n)+?) +\*\/\n +(\w+)\?:/g)].map(([, comment, name]) => {
        const lines = comment!.split("\n").map((line) => line.replace(/^ *\* ?/, ""));
        const tag = (wanted: string) => lines.find((line) => line.startsWith(wanted))?.slice(wanted.length + 1) ?? "";
        const text = lines.filter((line) => !line.startsWith("@")).join(" ");
        return { name: name!, text: text.trim(), default: tag("@default"), example: tag("@example") };
    });
}
