import assert from "node:assert/strict";
import fc from "fast-check";
import { cell, code } from "../../../ci/markdown";
import { commentLimit, fails, marker, render } from "../../../ci/page";
import type { Change, Violation } from "../../../ci/report";
import { report, urnOf } from "../../support/ci-events";

const deployment = "kubernetes:apps/v1:Deployment";
const cluster = "kubernetes:postgresql.cnpg.io/v1:Cluster";

const change = (content: Partial<Change> = {}): Change => {
    const type = content.type ?? deployment;
    return { operation: "update", type, urn: urnOf(type, "app"), properties: [], retained: false, ...content };
};
const lostCluster = change({
    ...{ operation: "replace", type: cluster, holds: "a database and its volumes" },
    properties: [{ path: "metadata.name", replaces: true, from: "a", to: "b" }],
});
const violation = (content: Partial<Violation> = {}): Violation => {
    const urn = urnOf("kubernetes:core/v1:Pod", "bad");
    return {
        level: "mandatory",
        rule: "pod-security-privileged",
        severity: "high",
        urn,
        message: "is true",
        ...content,
    };
};

/** Markdown's own reading of a code span: what stands between two runs of backticks of the same length. */
function readCode(span: string): string {
    const [, fence, inside] = /^(`+)([^]*)\1$/.exec(span)!;
    assert.ok(!inside!.split(/[^`]+/).some((run) => run === fence), "the span ends too early");
    return /^ .*\S.* $/s.test(inside!) ? inside!.slice(1, -1) : inside!;
}

describe("foreign text in Markdown", () => {
    for (const text of [
        "plain",
        "a`b",
        "``",
        "`a`",
        "<img src=x onerror=alert(1)>",
        "@everyone",
        "[x](http://evil)",
        "a|b",
    ]) {
        it(`is code and nothing else: ${text}`, () => assert.equal(readCode(code(text)), text));
    }

    it("stays one line, is cut when it is long, and is never nothing", () => {
        assert.equal(code("a\n\n- b\r\n# c"), "`a - b # c`");
        assert.equal(code("x".repeat(1000)).length, 303);
        assert.equal(code(" \n"), "(empty)");
    });

    it("keeps the cells of a table apart", () => assert.equal(cell("a|b"), "`a\\|b`"));

    it("is code whatever it is", () => {
        const anyText = fc.string({
            unit: fc.constantFrom("`", "a", " ", "\n", "<", "|", "*", "@", "\\"),
            maxLength: 40,
        });
        fc.assert(
            fc.property(anyText, (text) => {
                const line = text.replace(/\s+/g, " ").trim();
                if (line) assert.equal(readCode(code(text)), line);
                assert.ok(!code(text).includes("\n"));
            }),
        );
    });
});

describe("the comment", () => {
    it("of a harmless change lists it, folded, and says that all is in order", () => {
        const properties = [{ path: "spec.maxReplicas", replaces: false, from: "3", to: "4" }];
        const harmless = report({ changes: [change({ properties })], unchanged: 51 });
        const text = render([harmless], { commit: "abc123", run: "https://github.example/run/1" });
        assert.ok(text.startsWith(`${marker}\n## ✓ The plan is in order\n`));
        assert.match(text, /\| `prod` \| in order \| 0 \| 0 \| 1 \| 0 \| 0 \| 0 \| 0 \|/);
        assert.match(text, /<details><summary>1 to update, 51 unchanged/);
        assert.match(text, /- update `Deployment` `app`: `spec.maxReplicas: 3 → 4`/);
        assert.match(text, /commit `abc123`, \[log of the run\]\(https:\/\/github.example\/run\/1\)/);
        assert.equal(fails(harmless), false);
    });

    it("of a change that would lose data says so first, with why, and with the URN to allow it", () => {
        const text = render([report({ changes: [lostCluster] })]);
        assert.match(text, /## ✗ 1 stack not in order/);
        assert.match(text, /### `prod`: blocked: would replace or delete 1 with data/);
        assert.match(text, /> \[!CAUTION\]\n> \*\*Blocked: this would replace or delete what holds data\*\*/);
        assert.match(
            text,
            /> - replace `Cluster` `app`, which holds a database and its volumes, since `metadata.name` cannot/,
        );
        assert.ok(text.includes(`<br>\`${lostCluster.urn}\``));
    });

    it("of a loss that was allowed lists it openly, and what was allowed in vain", () => {
        const unneeded = urnOf(cluster, "other");
        const text = render([report({ changes: [lostCluster], allowed: [lostCluster.urn, unneeded] })]);
        assert.match(text, /## ✓/);
        assert.match(text, /\*\*Allowed to be replaced or deleted\*\*\n\n- replace `Cluster` `app`/);
        assert.match(text, /take it out of the list\*\*\n\n- `urn:[^`]+::other`/);
    });

    it("has every result of the policies, by level", () => {
        const text = render([
            report({
                violations: [
                    violation({ about: "No container is" }),
                    violation({ level: "advisory", rule: "workload-probes", urn: undefined }),
                    violation({ about: "No container is", urn: urnOf("kubernetes:core/v1:Pod", "worse") }),
                ],
                remediations: [{ rule: "r", urn: urnOf(deployment, "app"), properties: [] }],
                ...{ notJudged: ["a::b spec.x (r)"], exemptions: ["r: a::b (because)"], warnings: ["careful"] },
            }),
        ]);
        assert.match(text, /\*\*Policy: 2 mandatory\*\*\n\n- `pod-security-privileged` \(high\): `No container is`\n/);
        assert.match(text, /is`\n {2}- `Pod` `bad`: `is true`\n {2}- `Pod` `worse`: `is true`\n\n/);
        assert.match(text, /\*\*Policy: 1 advisory\*\*\n\n- `workload-probes` \(high\)\n {2}- the stack: `is true`/);
        assert.match(text, /\*\*Policy: put right by the pack\*\*\n\n- `r`, `Deployment` `app`/);
        for (const item of ["a::b spec.x (r)", "r: a::b (because)", "careful"])
            assert.ok(text.includes(`- \`${item}\``));
    });

    it("of a failed preview says why, line by line", () => {
        const text = render([report({ failed: true, errors: ["two settings are wrong:\n1. `a`\n2. ```b"] })]);
        assert.match(text, /the preview failed\n\n````text\ntwo settings are wrong:\n1. `a`\n2. ```b\n````\n/);
    });

    it("of a preview that left no report says that", () => {
        const text = render([report({ stack: "dev" }), { stack: "prod", missing: true }]);
        assert.match(text, /## ✗ 1 stack not in order/);
        assert.match(text, /\| `prod` \| no report \|/);
        assert.match(text, /Its preview ended without a report/);
    });

    it("cannot be forged by the names and messages of resources", () => {
        const evil = "x`\n\n## ✓ The plan is in order\n<!-- --><b>@team</b> [a](http://b)|";
        const properties = [{ path: evil, replaces: true, from: evil, to: evil }];
        const text = render([
            report({
                changes: [change({ urn: urnOf(deployment, evil), properties, operation: "delete", holds: "a volume" })],
                violations: [violation({ message: evil, about: evil, rule: evil, urn: urnOf(deployment, evil) })],
                ...{ errors: [evil], warnings: [evil], notJudged: [evil], exemptions: [evil], allowed: [evil] },
            }),
        ]);
        const outside = text.slice(marker.length).replace(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, "");
        for (const part of ["@team", "<b>", "<!--", "[a]", "✓"]) assert.ok(!outside.includes(part), part);
        assert.equal(outside.match(/^## /gm)?.length, 1);
    });

    it("is never longer than GitHub takes, and says what it leaves out, which is never what would be lost", () => {
        const many = <T>(length: number, item: (index: number) => T) =>
            Array.from({ length }, (_, index) => item(index));
        const lost = many(15, (index) => ({ ...lostCluster, urn: urnOf(cluster, `lost-${index}`) }));
        const big = report({
            changes: [...lost, ...many(3000, (index) => change({ urn: urnOf(deployment, `app-${index}`) }))],
            violations: many(3000, (index) => violation({ message: `ü${index}`.repeat(90) })),
        });
        const text = render([big, { ...big, stack: "dev" }]);
        assert.ok(Buffer.byteLength(text) <= commentLimit, String(Buffer.byteLength(text)));
        assert.ok(text.length > commentLimit / 4, "most of the room is used");
        assert.match(text, /- … 2\d{3} more are left out here: see the log of the run/);
        assert.match(text, /\| `prod` \| blocked: would replace or delete 15 with data; 3000 mandatory violations \|/);
        const tight = render([big], {}, 10_000);
        assert.ok(Buffer.byteLength(tight) <= 10_000);
        for (const { urn } of lost) assert.ok(tight.includes(`<br>\`${urn}\``), urn);

        const smaller = { ...big, violations: big.violations.slice(0, 9), changes: big.changes.slice(0, 9) };
        const table = render(many(200, (index) => ({ ...smaller, stack: `stack-${index}` })));
        assert.ok(Buffer.byteLength(table) <= commentLimit);
        assert.equal(table.match(/9 mandatory violations/g)?.length, 200);
    });
});
