import assert from "node:assert/strict";
import { keys, type Resolved, schema } from "../../../../components/parts";
import { documentedArguments } from "../../../../tools/docs/arguments";
import { declaredKeys } from "../../../support/mocks-stack";

describe("arguments, settings and Pulumi.yaml", () => {
    const documented = Object.fromEntries(
        documentedArguments().flatMap(({ fields }) => fields.map((field) => [field.name, field])),
    );
    const declared = declaredKeys();
    const names = Object.keys(schema);

    it("have the same keys", () => {
        assert.deepEqual(Object.keys(declared).sort(), [...names].sort());
        assert.deepEqual(Object.keys(documented).sort(), [...names].sort());
    });

    for (const [name, setting] of Object.entries(schema)) {
        it(`${name}: agree on type, default and secrecy`, () => {
            assert.ok(declared[name]?.description.startsWith(`(${setting.kind}`));
            const computed = typeof setting.default === "function";
            assert.deepEqual(declared[name]?.default, computed ? "" : setting.default);
            assert.equal(declared[name]?.secret ?? false, setting.secret ?? false);
            if (computed) {
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
            assert.ok(typeof setting.default === "function" || setting.accepts(setting.default));
            assert.ok(setting.secret || setting.accepts(setting.example));
        });
    }

    it("have defaults that follow only from settings before them", () => {
        const known: Record<string, unknown> = {};
        const guarded = new Proxy(known, {
            get: (target, key) => {
                assert.ok(key in target, `${String(key)} is not known yet`);
                return target[key as string];
            },
        });
        for (const key of keys) {
            const { default: otherwise } = schema[key];
            known[key] = typeof otherwise === "function" ? otherwise(guarded as unknown as Resolved) : otherwise;
            assert.ok(schema[key].accepts(known[key]), key);
        }
    });
});
