// docs/configuration.md: every configuration key, which is an argument of JustDbCloud of the same name.
import { settings, type Key } from "../../components/settings";
import { documentedArguments, type DocumentedArgument } from "./arguments";

/** By the file of the interface. */
const titles: Record<string, string> = {
    "args/general.ts": "General",
    "args/application.ts": "The app",
    "args/storage.ts": "Storage",
    "args/postgres.ts": "PostgreSQL",
    "args/migrations.ts": "Migrations",
    "args/backup.ts": "Backup",
    "args/archive.ts": "Continuous archive",
    "args/drill.ts": "Drill",
    "args/restore.ts": "Restore",
    "args/redis.ts": "Redis",
    "args/network.ts": "Network",
};

const cell = (text: string) => text.replaceAll("|", "\\|");
const code = (value: unknown) => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;

function defaultOf(key: Key, documented: string): string {
    const value = settings[key].default;
    if (value === undefined) return documented;
    return value === "" ? "" : code(value);
}

function row({ name, text, default: documented }: DocumentedArgument): string {
    const key = name as Key;
    const { kind, secret, allowed, example } = settings[key];
    const type = secret ? `${kind}, secret` : kind;
    const cells = [`\`${key}\``, text, type, allowed, defaultOf(key, documented), secret ? "" : code(example)];
    return `| ${cells.map(cell).join(" | ")} |`;
}

export function configurationPage(): string {
    const sections = documentedArguments().map(({ file, fields }) => {
        const head = "| key | meaning | type | allowed | default | example |\n| --- | --- | --- | --- | --- | --- |";
        return `## ${titles[file]}\n\n${head}\n${fields.map(row).join("\n")}\n`;
    });
    return `# Configuration

Every key of the program, which is also the argument of \`JustDbCloud\` of the same name. Set one with
\`pulumi config set KEY VALUE\`, a secret one with \`pulumi config set --secret KEY\`, a list or a map with
\`pulumi config set --path 'KEY[0]' VALUE\`. This page is made from the code by \`make docs\`.

${sections.join("\n")}`;
}
