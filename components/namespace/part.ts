import type { Part } from "../lib/part";
import { schema } from "./settings";

export const namespacePart: Part = {
    name: "namespace",
    title: "General",
    makes: "Namespace with Pod Security labels, ResourceQuota, LimitRange",
    schema,
};
