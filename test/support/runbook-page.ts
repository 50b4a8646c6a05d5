// A page of docs/runbooks/: its titles, and the commands under each.
import * as fs from "node:fs";
import * as path from "node:path";
import { repoDir } from "../../tools/lib/paths";

const anchorOf = (title: string) => title.toLowerCase().replaceAll(" ", "-");

/** Queries are for Prometheus' own page. */
const isQuery = (block: string) => block.includes('{namespace="');

export class RunbookPage {
    private readonly sections: Map<string, string>;

    constructor(readonly name: string) {
        const text = fs.readFileSync(path.join(repoDir, "docs/runbooks", name), "utf8");
        const [own, ...titled] = text.split(/^## /m) as [string, ...string[]];
        const halves = titled.map((part) => [part.slice(0, part.indexOf("\n")), part] as const);
        this.sections = new Map([["", own], ...halves]);
    }

    get titles(): string[] {
        return [...this.sections.keys()].filter((title) => title !== "");
    }

    /** The title that an anchor leads to. */
    titleAt(anchor: string): string {
        const title = this.titles.find((one) => anchorOf(one) === anchor);
        if (title === undefined) throw new Error(`${this.name} has no title for #${anchor}`);
        return title;
    }

    /** The first commands under a title; those of the page itself when it is "". */
    commands(title: string): string {
        const blocks = this.sections.get(title)?.match(/(?:^ {4}.*\n)+/gm) ?? [];
        const block = blocks.find((one) => !isQuery(one));
        if (block === undefined) throw new Error(`${this.name} has no commands under "${title}"`);
        return block.replace(/^ {4}/gm, "");
    }

    /** The line that says for all sections which pod is the primary. */
    get primary(): string {
        return /^PRIMARY=.*$/m.exec((this.sections.get("") ?? "").replace(/^ {4}/gm, ""))?.[0] ?? "";
    }
}
