import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { isStackRule } from "../../../policy/lib/rule";
import { rules } from "../../../policy/rules";
import { allBreaks } from "../../support/policy/all-breaks";
import { put } from "../../support/policy/break";
import { exampleOf } from "../../support/policy/examples";
import { judged } from "../../support/policy/judge";

const resourceRules = rules.filter((rule) => !isStackRule(rule));
const mandatory = resourceRules.filter(({ level }) => level === "mandatory");

describe("the rules together", () => {
    it("have a name of their own each, a description, a remediation and a level, with the reason where it is not on", () => {
        assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
        for (const { name, description, remediation, level, why } of rules) {
            assert.ok(description.length > 10 && remediation.length > 10, name);
            assert.ok(level !== "disabled" || why, `${name} is disabled and does not say why`);
        }
    });

    it("are listed: each file of rules/, the exemptions last", () => {
        const files = fs
            .readdirSync(path.join(__dirname, "../../../policy/rules"))
            .map((file) => path.parse(file).name);
        assert.deepEqual(rules.map(({ name }) => name).sort(), files.sort());
        assert.equal(rules.at(-1)!.name, "stack-exemptions");
    });

    it("have a break for each rule that judges a resource by itself", () => {
        const broken = new Set(allBreaks.map(({ rule }) => rule));
        assert.deepEqual(
            resourceRules.map(({ name }) => name).filter((name) => !broken.has(name)),
            [],
        );
    });

    it("find each break of a compliant resource by the right rule, and no other mandatory one objects", () => {
        for (const { rule, fixture, at, value, field, config, title, alsoBreaks = [] } of allBreaks) {
            const right = rules.find(({ name }) => name === rule)!;
            const found = judged(right, put(fixture(), at, value), config).violations;
            assert.ok(
                found.some((violation) => violation.startsWith(`${field}: `)),
                `${rule}, ${title}: ${JSON.stringify(found)}`,
            );
            for (const other of mandatory) {
                if (other.name === rule || alsoBreaks.includes(other.name)) continue;
                const { violations } = judged(other, put(fixture(), at, value));
                assert.deepEqual(violations, [], `${other.name} objects to ${rule}, ${title}`);
            }
        }
    });

    it("have an example each that keeps them and one that breaks them, which their pages show", () => {
        for (const rule of rules.filter(({ name }) => name !== "stack-exemptions")) {
            const example = exampleOf(rule.name);
            assert.ok(example, rule.name);
            assert.deepEqual(judged(rule, example.keeps, example.config).violations, [], rule.name);
            assert.ok(judged(rule, example.breaks, example.config).violations.length > 0, rule.name);
        }
    });
});
