import assert from "node:assert/strict";
import { Field, UnknownValue } from "../../../../../policy/lib/field";
import {
    isEmpty,
    LabelIndex,
    labelSelector,
    labelsOf,
    mapSelector,
    selects,
} from "../../../../../policy/lib/kubernetes/label-selector";
import type { Verdict } from "../../../../../policy/lib/verdict";
import { unknown } from "../../../../support/policy/judge";

const labels = (value: unknown) => labelsOf(new Field({ labels: value }));
const selector = (value: unknown) => labelSelector(new Field(value, "selector"));
const expression = (key: string, operator: string, values?: unknown) =>
    selector({ matchExpressions: [{ key, operator, values }] });
const said = (verdict: Verdict) => (verdict instanceof UnknownValue ? verdict.field.path : verdict);

describe("label selectors", () => {
    const web = labels({ app: "web", tier: "front" });

    it("select by every label that they want", () => {
        assert.equal(selects(selector({ matchLabels: { app: "web" } }), web), true);
        assert.equal(selects(selector({ matchLabels: { app: "web", tier: "back" } }), web), false);
        assert.equal(selects(selector({ matchLabels: { zone: "a" } }), web), false);
        assert.equal(selects(mapSelector(new Field({ app: "web", tier: "front" })), web), true);
        assert.equal(selects(mapSelector(new Field({ app: "db" })), web), false);
    });

    it("select by expressions as Kubernetes does", () => {
        const cases: [string, string, string[] | undefined, boolean][] = [
            ["app", "In", ["db", "web"], true],
            ["app", "In", ["db"], false],
            ["zone", "In", ["a"], false],
            ["app", "NotIn", ["db"], true],
            ["app", "NotIn", ["web"], false],
            ["zone", "NotIn", ["a"], true],
            ["app", "Exists", undefined, true],
            ["zone", "Exists", undefined, false],
            ["app", "DoesNotExist", undefined, false],
            ["zone", "DoesNotExist", undefined, true],
            ["app", "Gt", ["1"], false],
        ];
        for (const [key, operator, values, expected] of cases)
            assert.equal(selects(expression(key, operator, values), web), expected, `${key} ${operator}`);
    });

    it("select everything when they are empty or absent", () => {
        for (const value of [{}, undefined, null, { matchLabels: {} }, { matchExpressions: [] }]) {
            assert.equal(isEmpty(selector(value)), true);
            assert.equal(selects(selector(value), labels(undefined)), true);
        }
        assert.equal(isEmpty(selector({ matchLabels: { app: "web" } })), false);
    });

    it("leave open what hangs on a label that is not known, but not what the others rule out", () => {
        const partly = labels({ app: unknown, tier: "front" });
        assert.equal(said(selects(selector({ matchLabels: { app: "web" } }), partly)), "labels.app");
        assert.equal(selects(selector({ matchLabels: { app: "web", tier: "back" } }), partly), false);
        assert.equal(selects(expression("app", "Exists"), partly), true);
        assert.equal(selects(expression("app", "DoesNotExist"), partly), false);
        assert.equal(selects(selector({ matchLabels: { tier: "front" } }), partly), true);
        for (const operator of ["In", "NotIn", "Exists", "DoesNotExist"])
            assert.equal(said(selects(expression("app", operator, ["web"]), labels(unknown))), "labels", operator);
    });

    it("leave open what hangs on a part of theirs that is not known", () => {
        assert.equal(said(selects(selector(unknown), web)), "selector");
        assert.equal(said(isEmpty(selector(unknown))), "selector");
        assert.equal(
            said(selects(selector({ matchLabels: { app: unknown, tier: "front" } }), web)),
            "selector.matchLabels.app",
        );
        assert.equal(selects(selector({ matchLabels: { app: unknown, tier: "back" } }), web), false);
        assert.equal(said(selects(expression("app", "In", unknown), web)), "selector.matchExpressions[0].values");
    });
});

describe("the index of labels", () => {
    const all = {
        web: { app: "web", part: "x" },
        db: { app: "db", part: "x" },
        bare: {},
        open: { app: unknown, part: "x" },
        hidden: unknown,
    };
    const index = new LabelIndex(Object.entries(all).map(([name, value]) => [name, labels(value)] as const));

    const selected = (value: unknown) => {
        const { sure, open } = index.select(selector(value));
        return [sure.sort(), open.map(([name]) => name).sort()];
    };

    it("finds what is selected and what may be", () => {
        assert.deepEqual(selected({ matchLabels: { app: "web" } }), [["web"], ["hidden", "open"]]);
        assert.deepEqual(selected({ matchLabels: { app: "web", part: "x" } }), [["web"], ["hidden", "open"]]);
        assert.deepEqual(selected({ matchLabels: { part: "x" } }), [["db", "open", "web"], ["hidden"]]);
        assert.deepEqual(
            selected({ matchExpressions: [{ key: "app", operator: "In", values: ["web", "db", "web"] }] }),
            [
                ["db", "web"],
                ["hidden", "open"],
            ],
        );
        assert.deepEqual(selected({ matchExpressions: [{ key: "app", operator: "DoesNotExist" }] }), [
            ["bare"],
            ["hidden"],
        ]);
        assert.deepEqual(selected({ matchLabels: { app: "none" } }), [[], ["hidden", "open"]]);
        assert.deepEqual(selected({}), [["bare", "db", "hidden", "open", "web"], []]);
        assert.deepEqual(selected({ matchLabels: { app: unknown, part: "y" } }), [[], ["hidden"]]);
    });

    it("looks no further when it has found as many as are asked for", () => {
        assert.deepEqual(index.select(selector({ matchLabels: { part: "x" } }), 1).sure, ["web"]);
    });
});
