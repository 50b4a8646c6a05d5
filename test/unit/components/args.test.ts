import assert from "node:assert/strict";
import { settings } from "../../../components/settings";
import { documentedArguments } from "../../../tools/docs/arguments";
import { declaredKeys } from "../../support/mocks-stack";

describe("arguments, settings and Pulumi.yaml", () => {
    const documented = Object.fromEntries(
        documentedArguments().flatMap(({ fields }) => fields.map((field) => [field.name, field])),
    );
    const declared = declaredKeys();
    const names = Object.keys(settings);

    it("have the same keys", () => {
        assert.deepEqual(Object.keys(declared).sort(), [...names].sort());
        assert.deepEqual(Object.keys(documented).sort(), [...names].sort());
    });

    for (const [name, setting] of Object.entries(settings)) {
        it(`${name}: agree on type, default and secrecy`, () => {
            assert.ok(declared[name]?.description.startsWith(`(${setting.kind}`));
            assert.deepEqual(declared[name]?.default, setting.default ?? "");
            assert.equal(declared[name]?.secret ?? false, setting.secret ?? false);
            if (setting.default === undefined) {
                assert.notEqual(documented[name]?.default, "");
            } else {
                assert.deepEqual(JSON.parse(documented[name]!.default), setting.default);
            }
        });

        it(`${name}: has a meaning and an example`, () => {
            assert.notEqual(documented[name]?.text, "");
            assert.notEqual(documented[name]?.example, "");
        });

        it(`${name}: agree on whether it may be known later`, () => {
            assert.equal(documented[name]!.type.startsWith("pulumi.Input<"), setting.input ?? false);
        });

        it(`${name}: its default and its example are allowed`, () => {
            assert.ok(setting.default === undefined || setting.accepts(setting.default));
            assert.ok(setting.secret || setting.accepts(setting.example));
        });
    }
});
