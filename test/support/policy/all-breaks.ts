// The breaks of all rules that judge a resource by itself.
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Break } from "./break";

const folder = path.join(__dirname, "breaks");
const load = createRequire(__filename);

export const allBreaks: Break[] = fs
    .readdirSync(folder)
    .flatMap((file) => (load(path.join(folder, file)) as { breaks: Break[] }).breaks);
