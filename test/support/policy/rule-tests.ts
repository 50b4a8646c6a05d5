// The tests that every break of a rule gets: the compliant resource passes, the break is found and named, absent and unknown values and
// the *Patch kind are judged as they should be.
import assert from "node:assert/strict";
import type { Rule } from "../../../policy/lib/rule";
import { type Break, put } from "./break";
import { type Given, judged, unknown } from "./judge";

const asPatch = (given: Given): Given => ({ ...given, type: `${given.type}Patch` });
/** Helm's resources have no *Patch kind. */
const isKubernetes = ({ fixture }: Break) => /^kubernetes:(?!helm\.sh\/)/.test(fixture().type);

export function testBreaks(rule: Rule, breaks: Break[]): void {
    const each = (aspect: string, test: (it: Break, violations: (given: Given) => string[]) => void, of = breaks) => {
        if (of.length === 0) return;
        it(aspect, () => {
            for (const one of of) test(one, (given) => judged(rule, given, one.config).violations);
        });
    };
    const named = (violations: string[], { field, title }: Break) =>
        assert.ok(
            violations.some((violation) => violation.startsWith(`${field}: `)),
            `${title}: no violation names ${field}: ${JSON.stringify(violations)}`,
        );

    describe(`the rule ${rule.name}`, () => {
        each("passes what complies", ({ title, fixture, config }) => {
            assert.deepEqual(judged(rule, fixture(), config), { violations: [], unjudged: [] }, title);
        });

        each("finds each break and names its place", (it, violations) => {
            named(violations(put(it.fixture(), it.at, it.value)), it);
        });

        each("takes an absent value for what it is", ({ title, fixture, at, absent }, violations) => {
            const found = violations(put(fixture(), at, undefined));
            assert.equal(found.length > 0 ? "wrong" : "fine", absent, `${title}: ${found.join("; ")}`);
        });

        each("says that it cannot judge a value that is not known", ({ title, fixture, at, config, field, ...it }) => {
            const result = judged(rule, put(fixture(), at, unknown), config);
            assert.deepEqual(result.violations, [], title);
            const place = it.unjudged ?? field;
            assert.ok(result.unjudged.includes(place), `${title}: ${place} is not among ${result.unjudged.join(", ")}`);
        });

        each(
            "finds each break in a patch, in which nothing can be missing",
            (it, violations) => {
                named(violations(put(asPatch(it.fixture()), it.at, it.value)), it);
                assert.deepEqual(violations(put(asPatch(it.fixture()), it.at, undefined)), [], it.title);
            },
            breaks.filter(isKubernetes),
        );
    });
}
