import assert from "node:assert/strict";
import { ingressSnippets } from "../../../../policy/rules/ingress-snippets";
import { breaks } from "../../../support/policy/breaks/ingress-snippets";
import { goodIngress } from "../../../support/policy/breaks/ingress-host";
import { type Given, judged, type Props } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(ingressSnippets, breaks);

describe("ingress-snippets", () => {
    const annotated = (annotations: Props): Given => {
        const given = goodIngress();
        return { ...given, props: { ...given.props, metadata: { annotations } } };
    };

    it("lets other annotations be, and snippets without text", () => {
        const annotations = {
            "nginx.ingress.kubernetes.io/ssl-redirect": "true",
            "nginx.ingress.kubernetes.io/server-snippet": "",
            "example.com/snippets-allowed": "no",
        };
        assert.deepEqual(judged(ingressSnippets, annotated(annotations)).violations, []);
    });

    it("never prints the snippet", () => {
        const text = "set $token 4c2f;";
        const [violation] = judged(
            ingressSnippets,
            annotated({ "nginx.ingress.kubernetes.io/auth-snippet": text }),
        ).violations;
        assert.ok(violation && !violation.includes(text));
    });
});
