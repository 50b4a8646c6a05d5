import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { settings } from "../../../components/settings";
import { declaredKeys } from "../../support/mocks-stack";

interface Field {
    text: string;
    default: string;
    example: string;
}

/** The fields of the argument interfaces, with their doc comments. */
function fields(): Record<string, Field> {
    const folder = join(__dirname, "../../../components/args");
    const found: Record<string, Field> = {};
    for (const file of readdirSync(folder)) {
        const source = readFileSync(join(folder, file), "utf8");
        for (const [, comment, name] of source.matchAll(/\/\*\*\n((?: +\*.*\n)+?) +\*\/\n +(\w+)\?:/g)) {
            const lines = comment!.split("\n").map((line) => line.replace(/^ *\* ?/, ""));
            const tag = (wanted: string) =>
                lines.find((line) => line.startsWith(wanted))?.slice(wanted.length + 1) ?? "";
            const text = lines
                .filter((line) => !line.startsWith("@"))
                .join(" ")
                .trim();
            found[name!] = { text, default: tag("@default"), example: tag("@example") };
        }
    }
    return found;
}

describe("arguments, settings and Pulumi.yaml", () => {
    const documented = fields();
    const declared = declaredKeys();
    const names = Object.keys(settings);

    it("have the same keys, in the same order", () => {
        assert.deepEqual(Object.keys(declared), names);
        assert.deepEqual(Object.keys(documented).sort(), [...names].sort());
    });

    for (const [name, setting] of Object.entries(settings)) {
        it(`${name}: agree on meaning, type and default`, () => {
            const kind = setting.secret ? `${setting.kind}, secret` : setting.kind;
            assert.equal(declared[name]?.description, `(${kind}) ${documented[name]?.text}`);
            assert.deepEqual(declared[name]?.default, setting.default ?? "");
            assert.equal(declared[name]?.secret ?? false, setting.secret ?? false);
            assert.notEqual(documented[name]?.example, "");
            if (setting.default === undefined) {
                assert.notEqual(documented[name]?.default, "");
            } else {
                assert.deepEqual(JSON.parse(documented[name]!.default), setting.default);
            }
        });

        it(`${name}: its default and its example are allowed`, () => {
            assert.ok(setting.default === undefined || setting.accepts(setting.default));
            assert.ok(setting.secret || setting.accepts(setting.example));
        });
    }
});
