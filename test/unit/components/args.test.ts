import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { settings } from "../../../components/settings";
import { documentedArguments } from "../../../docs/arguments";
import { declaredKeys } from "../../support/mocks-stack";

/** The source text of the argument interfaces. */
const folder = join(__dirname, "../../../components/args");
const source = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");

describe("arguments, settings and Pulumi.yaml", () => {
    const documented = Object.fromEntries(
        documentedArguments().flatMap(({ fields }) => fields.map((field) => [field.name, field])),
    );
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

        it(`${name}: agree on whether it may be known later`, () => {
            assert.equal(new RegExp(`\\b${name}\\?: pulumi\\.Input<`).test(source), setting.input ?? false);
        });

        it(`${name}: its default and its example are allowed`, () => {
            assert.ok(setting.default === undefined || setting.accepts(setting.default));
            assert.ok(setting.secret || setting.accepts(setting.example));
        });
    }
});
