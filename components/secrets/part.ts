import type { Part } from "../lib/part";

export const secretsPart: Part = {
    name: "secrets",
    title: "Secrets",
    makes: "passwords and signing key: generated, given or existing",
};
