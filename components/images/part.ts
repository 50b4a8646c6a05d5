import type { Part } from "../lib/part";
import { schema } from "./settings";

export const imagesPart: Part = { name: "images", title: "Images", schema };
