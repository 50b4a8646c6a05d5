import type { StackRule } from "../lib/rule";

const day = 24 * 60 * 60 * 1000;

export const iamUserKey: StackRule = {
    name: "iam-user-key",
    description: "No access key of a user is older than some days.",
    severity: "medium",
    level: "advisory",
    why: "It comes true by itself as time goes by, and must not stop an update that is needed.",
    references: ["IAM.3"],
    remediation: "Replace the AccessKey: pulumi up --replace with its URN.",
    config: {
        maxDays: { type: "integer", minimum: 1, description: "The most days that a key may be in use.", default: 90 },
    },
    checkStack: (stack, judge, { maxDays }) => {
        judge.each(stack.ofType(/^aws:iam\/accessKey:/), (key) => {
            const created = key.fields.at("createDate");
            // A key that is about to be made is new.
            if (created.unknown || created.absent || key.fields.at("status").value === "Inactive") return;
            const days = Math.floor((Date.now() - Date.parse(created.text ?? "")) / day);
            if (Number.isNaN(days)) judge.wrong(key, created, "is no date, so the age of the key is not known");
            else if (days > (maxDays as number))
                judge.wrong(key, created, `is ${days} days ago; a key may be ${maxDays as number} days old at most`);
        });
    },
};
