import type { Part } from "../lib/part";
import { checks } from "./checks";
import { schema } from "./settings";

export const storagePart: Part = {
    name: "storage",
    title: "Storage",
    makes:
        "the two buckets, made or as they are; the key of KMS that they are under, and rights on it; by what pods " +
        "know a store that public authorities do not",
    schema,
    checks,
};
