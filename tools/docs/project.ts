// Pulumi.yaml: every configuration key, with its type in words, from the doc comments and the settings.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { type Key, schema } from "../../components/parts";
import { documentedArguments, type DocumentedArgument } from "./arguments";

function declaration({ name, text }: DocumentedArgument) {
    const { kind, secret, default: value } = schema[name as Key];
    return {
        description: `(${secret ? `${kind}, secret` : kind}) ${text}`,
        // What follows from other keys is not set, as far as the CLI knows.
        default: typeof value === "function" ? "" : value,
        ...(secret ? { secret } : {}),
    };
}

/** The head of the file, which is written by hand, and the keys. */
export function projectFile(): string {
    const [head] = readFileSync(join(__dirname, "../../Pulumi.yaml"), "utf8").split(/^config:$/m);
    const fields = documentedArguments().flatMap((group) => group.fields);
    const config = Object.fromEntries(fields.map((field) => [field.name, declaration(field)]));
    return head + dump({ config }, { indent: 4, lineWidth: -1, quoteStyle: "double", noRefs: true });
}
