// docs/architecture.md: the table of the parts. The rest of the page is written by hand.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parts } from "../../components/parts";

const table = /(?<=^<!-- parts: .*-->\n)[^]*(?=^<!-- end of parts -->)/m;

export function architecturePage(): string {
    const rows = parts.map(({ name, makes }) => `| \`${name}\` | ${makes} |`);
    const page = readFileSync(join(__dirname, "../../docs/architecture.md"), "utf8");
    return page.replace(table, () => `\n| part | what it makes |\n| --- | --- |\n${rows.join("\n")}\n\n`);
}
