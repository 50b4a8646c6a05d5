import assert from "node:assert/strict";
import { ingressHost } from "../../../../policy/rules/ingress-host";
import { breaks, goodIngress } from "../../../support/policy/breaks/ingress-host";
import { judged, type Props, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(ingressHost, breaks);

describe("ingress-host", () => {
    it("finds an Ingress without rules, which takes every host", () => {
        const given = goodIngress();
        (given.props.spec as Props).rules = undefined;
        assert.deepEqual(judged(ingressHost, given).violations, [
            "spec.rules: is absent, so that the Ingress takes every host",
        ]);
    });

    it("judges each rule by itself", () => {
        const given = goodIngress();
        (given.props.spec as Props).rules = [{ host: unknown }, { host: "a.example.com" }, { host: "*.example.com" }];
        assert.deepEqual(judged(ingressHost, given), {
            violations: ["spec.rules[2].host: is a wildcard; name the host"],
            unjudged: ["spec.rules[0].host"],
        });
    });
});
