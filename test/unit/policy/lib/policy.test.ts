import assert from "node:assert/strict";
import deserialize = require("@pulumi/policy/deserialize");
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { toPolicy } from "../../../../policy/lib/policy";
import { eachContainer, type ResourceRule, type StackRule } from "../../../../policy/lib/rule";
import { run } from "../../../../policy/lib/run";
import { stackExemptions } from "../../../../policy/rules/stack-exemptions";
import { analyze, analyzeStack, remediate, wireSecret } from "../../../support/policy/engine";
import { unknown } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";

const about: Omit<ResourceRule, "name" | "check"> = {
    description: "A rule of a test.",
    severity: "low",
    level: "mandatory",
    references: [],
    remediation: "None.",
};

const readOnly: ResourceRule = {
    ...about,
    name: "read-only",
    check: eachContainer(({ fields }, _pod, judge) => {
        const field = fields.at("securityContext", "readOnlyRootFilesystem");
        if (field.value !== true) judge.wrong(field, "must be true");
    }),
};

/** As the SDK decodes for the policies of a pack, ours and others. */
const { deserializeProperties: decode } = deserialize as {
    deserializeProperties: (message: object, keepSecrets: boolean) => object;
};

/** What the pack prints, which the engine shows. */
async function printed(work: () => Promise<unknown>): Promise<string[]> {
    const lines: string[] = [];
    const { log } = console;
    console.log = (line: string) => lines.push(line);
    try {
        await work();
    } finally {
        console.log = log;
    }
    return lines;
}

describe("a rule as a policy of the SDK", () => {
    afterEach(() => run.reset());

    it("reports each violation under the rule's name, with the description, the place and what to do", async () => {
        const pod = podResource("Pod");
        (pod.props.spec as Record<string, unknown>).containers = [{ name: "a" }, { name: "b" }];
        const found = await analyze([toPolicy(readOnly)], pod);
        assert.deepEqual(
            found.map(({ rule, message }) => [rule, ...message.split("\n").slice(1)]),
            ["a", "b"].map((name) => [
                "read-only",
                `spec.containers[${name}].securityContext.readOnlyRootFilesystem: must be true`,
                "What to do: None.",
            ]),
        );
    });

    it("judges all that is known, and the run says what is not", async () => {
        const pod = podResource("Pod");
        (pod.props.spec as Record<string, unknown>).containers = [
            { name: "a", securityContext: unknown },
            { name: "b" },
        ];
        const policies = [toPolicy(readOnly), toPolicy(stackExemptions)];
        const found = await analyze(policies, pod);
        assert.deepEqual(
            found.map(({ message }) => message.split("\n")[1]!.split(":")[0]),
            ["spec.containers[b].securityContext.readOnlyRootFilesystem"],
        );
        const lines = await printed(() => analyzeStack(policies, [pod]));
        assert.deepEqual(lines, [
            "Not judged: kubernetes:core/v1:Pod::it spec.containers[a].securityContext (read-only)",
        ]);
    });

    it("that crashes is a violation that names the rule and the place in its code, and no value", async () => {
        const crashing: ResourceRule = {
            ...about,
            name: "crashing",
            check: () => JSON.parse("hunter2-is-the-secret") as void,
        };
        const [found] = await analyze([toPolicy(crashing), toPolicy(readOnly)], podResource("Pod"));
        assert.equal(found!.rule, "crashing");
        assert.match(found!.message, /the rule itself crashed \(SyntaxError/);
        assert.doesNotMatch(found!.message, /hunter2/);
        const stackRule: StackRule = { ...about, name: "crashing-too", checkStack: () => assert.fail("hunter2") };
        const [inStack] = await analyzeStack([toPolicy(stackRule)], [podResource("Pod")]);
        assert.match(inStack!.message, /crashed/);
        assert.doesNotMatch(inStack!.message, /hunter2/);
    });

    it("that crashes at one resource of a stack judges the others, and the crash is the resource's", async () => {
        const crashing: StackRule = {
            ...about,
            name: "crashing",
            checkStack: (stack, judge) => {
                for (const resource of stack.resources) {
                    const { value } = resource.fields.at("metadata", "name");
                    if (value === "bad") decodeURIComponent("%");
                    judge.wrong(resource, undefined, "is judged");
                }
            },
        };
        const map = (name: string) => ({ type: "kubernetes:core/v1:ConfigMap", name, props: { metadata: { name } } });
        const policies = [toPolicy(crashing), toPolicy(stackExemptions)];
        const found = await analyzeStack(policies, [map("a"), map("bad"), map("b")]);
        assert.deepEqual(
            found.map(({ urn, message }) => [urn.split("::").at(-1), /crashed \(URIError/.test(message)]),
            [
                ["bad", true],
                ["a", false],
                ["b", false],
            ],
        );
    });

    it("sees the marks of secrets, which the SDK strips, and decodes a resource once for all rules", async () => {
        const seen: [boolean, unknown][] = [];
        const looking = (name: string): ResourceRule => ({
            ...about,
            name,
            check: ({ fields }) => {
                const field = fields.at("data", "password");
                seen.push([field.secret, field.value]);
            },
        });
        const secretMap = {
            type: "kubernetes:core/v1:Secret",
            props: { data: { password: wireSecret("x") }, plain: "y" },
        };
        await analyze([toPolicy(looking("one")), toPolicy(looking("two"))], secretMap);
        assert.deepEqual(seen, [
            [true, "x"],
            [true, "x"],
        ]);
        const message = { toJavaScript: () => ({ a: 1 }), clearFieldsMap: () => {} };
        assert.equal(decode(message, false), decode(message, false));
    });

    it("keeps no message of the engine that was decoded, and strips the marks for the policies of others", () => {
        const message = Struct.fromJavaScript({ a: wireSecret("x"), b: "y" });
        assert.deepEqual(decode(message, false), { a: "x", b: "y" });
        assert.equal(message.getFieldsMap().getLength(), 0);
        assert.deepEqual(decode(message, false), { a: "x", b: "y" });
    });

    it("remediates in place, keeps secrets secret and unknown values unknown", async () => {
        const remedied: ResourceRule = {
            ...about,
            name: "remedied",
            check: () => {},
            remediate: ({ fields }) => {
                fields.at("spec", "on").put(true);
                return true;
            },
        };
        const policy = { ...toPolicy(remedied), enforcementLevel: "remediate" as const };
        const given = { type: "a:b:C", props: { spec: { later: unknown }, password: wireSecret("x") } };
        assert.deepEqual(await remediate([policy], given), {
            spec: { later: unknown, on: true },
            password: wireSecret("x"),
        });
    });

    it("whose remediation crashes is a violation too, and shows no value", async () => {
        const crashing: ResourceRule = {
            ...about,
            name: "crashing",
            check: () => {},
            remediate: () => JSON.parse("hunter2-is-the-secret") as boolean,
        };
        const policy = { ...toPolicy(crashing), enforcementLevel: "remediate" as const };
        const given = { type: "a:b:C", props: {} };
        assert.equal(await remediate([policy], given), undefined);
        const [found] = await analyze([policy], given);
        assert.match(found!.message, /crashed \(SyntaxError/);
        assert.doesNotMatch(found!.message, /hunter2/);
    });

    it("shares one view of the stack among the stack rules", async () => {
        const stacks: unknown[] = [];
        const looking = (name: string): StackRule => ({
            ...about,
            name,
            checkStack: (stack) => void stacks.push(stack),
        });
        await analyzeStack([toPolicy(looking("one")), toPolicy(looking("two"))], [podResource("Pod")]);
        assert.equal(stacks.length, 2);
        assert.equal(stacks[0], stacks[1]);
    });
});
