// The setting that the rules about literals share.
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

export const notSecret: PolicyConfigJSONSchema = {
    type: "array",
    description:
        "Names of keys that hold no secret although they look so, `*` for any text: `csrfToken`, `*_token_name`",
    default: [],
    items: { type: "string", minLength: 1 },
};
