import { fieldAt, leavesOfField } from "../lib/secrets/leaves";
import type { StackRule } from "../lib/rule";
import { notSecret } from "../lib/secrets/config";
import { keysLike, secretsIn, told } from "../lib/secrets/secret-like";

export const secretInOutput: StackRule = {
    name: "secret-in-output",
    description: "No output of the stack that looks like a secret is without the mark of one.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation: "Leave the output out, or mark it by pulumi.secret.",
    config: { notSecret },
    checkStack: (stack, judge, config) => {
        const options = { notSecret: keysLike(config.notSecret as string[]), names: true };
        for (const resource of stack.ofType(/^pulumi:pulumi:Stack$/)) {
            judge.each(leavesOfField(resource.fields), (leaf) => {
                const { value, unknown, key } = leaf;
                if (leaf.marked) return;
                const found = typeof value === "string" ? secretsIn(key, value, options) : [];
                if (!unknown && found.length === 0) return;
                const field = fieldAt(resource.fields, leaf.path);
                if (!field.absent) judge.wrong(resource, field, `holds ${told(found)} in plain; mark it as a secret`);
            });
        }
    },
};
