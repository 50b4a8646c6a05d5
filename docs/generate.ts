// `make docs`: the pages that come from the code. A test holds them fresh.
import * as fs from "node:fs";
import * as path from "node:path";
import { type Key, schema as settings } from "../components/parts";
import { documentedArguments } from "./arguments";
import { policiesPage } from "./policies";

const titles: Record<string, string> = {
    general: "General",
    application: "The app",
    storage: "Storage",
    postgres: "PostgreSQL",
    migrations: "Migrations",
    backup: "Backup",
    archive: "Continuous archive",
    drill: "Drill",
    restore: "Restore",
    redis: "Redis",
    network: "Network",
};

const cell = (text: string) => text.replaceAll("|", "\\|");
const code = (value: unknown) => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;

function defaultOf(key: Key, documented: string): string {
    const value = settings[key].default;
    if (value === undefined) return documented;
    return value === "" ? "" : code(value);
}

function row(key: Key, text: string, documentedDefault: string): string {
    const { kind, secret, allowed, example } = settings[key];
    const type = secret ? `${kind}, secret` : kind;
    const cells = [`\`${key}\``, text, type, allowed, defaultOf(key, documentedDefault), secret ? "" : code(example)];
    return `| ${cells.map(cell).join(" | ")} |`;
}

/** docs/configuration.md: every configuration key, which is an argument of JustDbCloud of the same name. */
export function configurationPage(): string {
    const sections = documentedArguments().map(({ file, fields }) => {
        const rows = fields.map((field) => row(field.name as Key, field.text, field.default));
        const head = "| key | meaning | type | allowed | default | example |\n| --- | --- | --- | --- | --- | --- |";
        return `## ${titles[file] ?? file}\n\n${head}\n${rows.join("\n")}\n`;
    });
    return `# Configuration

Every key of the program, which is also the argument of \`JustDbCloud\` of the same name. Set one with
\`pulumi config set KEY VALUE\`, a secret one with \`pulumi config set --secret KEY\`, a list or a map with
\`pulumi config set --path 'KEY[0]' VALUE\`. This page is made from the code by \`make docs\`.

${sections.join("\n")}`;
}

export const pages: Record<string, () => string> = {
    "configuration.md": configurationPage,
    "policies.md": policiesPage,
};

if (require.main === module) {
    for (const [name, page] of Object.entries(pages)) fs.writeFileSync(path.join(__dirname, name), page());
}
