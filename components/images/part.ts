import type { Part } from "../lib/part";
import { schema } from "./settings";

export const imagesPart: Part = {
    name: "images",
    title: "Images",
    makes: "nothing: by which mirror images are pulled",
    schema,
};
