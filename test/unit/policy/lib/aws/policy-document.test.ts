import assert from "node:assert/strict";
import { Field } from "../../../../../policy/lib/field";
import { PolicyDocument, textOf } from "../../../../../policy/lib/aws/policy-document";

const statementsOf = (document: unknown) => new PolicyDocument(new Field(document, "policy")).statements;
const one = (statement: unknown) => statementsOf({ Statement: statement })[0]!;

describe("a policy document", () => {
    it("is the same as text and as an object, with one statement or a list of them", () => {
        const statement = { Effect: "Deny", Action: "s3:*" };
        for (const document of [{ Statement: statement }, { Statement: [statement] }]) {
            for (const given of [document, JSON.stringify(document)]) {
                const [first, ...others] = statementsOf(given);
                assert.equal(others.length, 0);
                assert.equal(first!.allows, false);
                assert.deepEqual(first!.actions.map(textOf), ["s3:*"]);
            }
        }
    });

    it("belongs to the resource it was read from, and says where it is in it", () => {
        const root = new Field({ policy: JSON.stringify({ Statement: [{ Action: ["a:B"] }] }) });
        const [action] = new PolicyDocument(root.at("policy")).statements[0]!.actions;
        assert.equal(action!.path, "policy.Statement[0].Action[0]");
        assert.equal(action!.root, root);
    });

    it("allows whatever it does not deny", () => {
        for (const Effect of ["Allow", "allow", undefined, 1]) assert.ok(one({ Effect }).allows);
        for (const Effect of ["Deny", "DENY"]) assert.ok(!one({ Effect }).allows);
    });

    it("tells its conditions apart from what stands around them", () => {
        const Condition = {
            "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a", "b"] },
            Bool: { "aws:SecureTransport": false, "aws:MultiFactorAuthPresent": "true" },
            NumericLessThan: { "s3:TlsVersion": 1.2 },
        };
        const plain = { qualifier: undefined, ifExists: false };
        assert.deepEqual(one({ Condition }).conditions, [
            {
                operator: "stringlike",
                qualifier: "foranyvalue",
                ifExists: true,
                key: "aws:tagkeys",
                values: ["a", "b"],
            },
            { ...plain, operator: "bool", key: "aws:securetransport", values: ["false"] },
            { ...plain, operator: "bool", key: "aws:multifactorauthpresent", values: ["true"] },
            { ...plain, operator: "numericlessthan", key: "s3:tlsversion", values: ["1.2"] },
        ]);
    });

    it("names its principals by kind", () => {
        const kinds = (Principal: unknown) =>
            one({ Principal }).principals.map(({ kind, field }) => `${kind} ${textOf(field)}`);
        assert.deepEqual(kinds("*"), ["* *"]);
        assert.deepEqual(kinds({ AWS: ["1", "2"], Service: "ec2.amazonaws.com" }), [
            "AWS 1",
            "AWS 2",
            "Service ec2.amazonaws.com",
        ]);
        assert.deepEqual(kinds(undefined), []);
    });

    it("says by which element it is for an action", () => {
        const path = (statement: unknown) => one(statement).byWhich("iam:PassRole")?.path;
        assert.equal(path({ Action: ["iam:Get*", "IAM:pass*"] }), "policy.Statement.Action[1]");
        assert.equal(path({ Action: "iam:Get*" }), undefined);
        assert.equal(path({ NotAction: "s3:*" }), "policy.Statement.NotAction");
        assert.equal(path({ NotAction: ["s3:*", "iam:*"] }), undefined);
    });

    it("has no statements, and a problem, when it is none", () => {
        for (const text of ["", "{", "null", "1", "[]", "{}"]) {
            const document = new PolicyDocument(new Field(text, "policy"));
            assert.deepEqual(document.statements, [], text);
            assert.ok(document.problem, text);
        }
    });
});
