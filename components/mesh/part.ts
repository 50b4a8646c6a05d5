import type { Part } from "../lib/part";
import { checks } from "./checks";
import { flows } from "./flows";
import { requirements } from "./requirements";
import { schema } from "./settings";

export const meshPart: Part = {
    name: "mesh",
    title: "Mesh",
    makes: "what puts the app's pods into a service mesh, and demands mTLS of whoever calls them",
    schema,
    checks,
    flows,
    requirements,
};
