import type { Part } from "../lib/part";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { schema } from "./settings";

export const identityPart: Part = {
    name: "identity",
    title: "Credentials of AWS",
    makes:
        "by what pods call AWS, and their ServiceAccounts: an IAM user with a key in a Secret for each purpose " +
        "and generation, or a role; the Jobs that wait until new credentials are accepted, and until former ones " +
        "are unused",
    schema,
    checks,
    flows,
    demands,
};
