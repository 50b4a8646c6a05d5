// docs/configuration.md: every configuration key, which is an argument of JustDbCloud of the same name.
import { dirname } from "node:path";
import { type Key, parts, schema } from "../../components/parts";
import { documentedArguments, type DocumentedArgument } from "./arguments";

/** The title of the part in whose folder an interface stands. */
const titleOf = (file: string) => parts.find(({ name }) => name === dirname(file))!.title;

const cell = (text: string) => text.replaceAll("|", "\\|");
const code = (value: unknown) => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;

function defaultOf(key: Key, documented: string): string {
    const value = schema[key].default;
    if (typeof value === "function") return documented;
    return value === "" ? "" : code(value);
}

function row({ name, text, default: documented }: DocumentedArgument): string {
    const key = name as Key;
    const { kind, secret, allowed, example } = schema[key];
    const type = secret ? `${kind}, secret` : kind;
    const cells = [`\`${key}\``, text, type, allowed, defaultOf(key, documented), secret ? "" : code(example)];
    return `| ${cells.map(cell).join(" | ")} |`;
}

/** A part may have its arguments in more than one file. */
function byPart(): { title: string; fields: DocumentedArgument[] }[] {
    const fields = new Map<string, DocumentedArgument[]>();
    for (const group of documentedArguments()) {
        const title = titleOf(group.file);
        fields.set(title, [...(fields.get(title) ?? []), ...group.fields]);
    }
    return [...fields].map(([title, all]) => ({ title, fields: all }));
}

export function configurationPage(): string {
    const sections = byPart().map(({ title, fields }) => {
        const head = "| key | meaning | type | allowed | default | example |\n| --- | --- | --- | --- | --- | --- |";
        return `## ${title}\n\n${head}\n${fields.map(row).join("\n")}\n`;
    });
    return `# Configuration

Every key of the program, which is also the argument of \`JustDbCloud\` of the same name. Set one with
\`pulumi config set KEY VALUE\`, a secret one with \`pulumi config set --secret KEY\`, a list or a map with
\`pulumi config set --path 'KEY[0]' VALUE\`. This page is made from the code by \`make docs\`.

${sections.join("\n")}`;
}
