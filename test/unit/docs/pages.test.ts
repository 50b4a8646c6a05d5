import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { parts, schema } from "../../../components/parts";
import { everyAlert } from "../../../tools/lib/every-alert";

const root = join(__dirname, "../../..");
const textOf = (path: string) => readFileSync(join(root, path), "utf8");
const isThere = (path: string) => existsSync(join(root, path));

const folders = ["bench", "ci", "components", "docs", "policy", "sandbox", "test", "tools"];
const all = [
    ...readdirSync(root),
    ...folders.flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
    ),
].filter((path) => path.endsWith(".md") && !path.includes("node_modules"));
/** Those that say what is, and not what was. */
const pages = all.filter((page) => page !== "CHANGELOG.md");

/** As GitHub makes the anchors of titles: a second one of the same title has a number. */
function anchorsOf(page: string): Set<string> {
    const found = new Set<string>();
    const text = textOf(page).replace(/^```[\s\S]*?^```/gm, "");
    for (const [, title] of text.matchAll(/^#+ +(.*)$/gm)) {
        const plain = title!.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
        const anchor = plain.replace(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-");
        let free = anchor;
        for (let number = 1; found.has(free); number++) free = `${anchor}-${number}`;
        found.add(free);
    }
    return found;
}

/** What stands as code in a page: within a line of text, and in lines of its own. */
function codeOf(page: string): string[] {
    const text = textOf(page);
    const within = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
    return [...within, ...text.split("\n").filter((line) => /^ {4}/.test(line))];
}

/** What the first group finds in texts. */
const found = (texts: string[], pattern: RegExp) =>
    texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name!));

/** Fails with what pages name and nobody knows. */
function assertKnown(
    names: (page: string) => string[],
    isKnown: (name: string, page: string) => boolean,
    among = pages,
): void {
    const unknown = among.flatMap((page) =>
        names(page).flatMap((name) => (isKnown(name, page) ? [] : [`${page}: ${name}`])),
    );
    assert.deepEqual(unknown, []);
}

describe("the pages", () => {
    it("link to files and titles that are there", () => {
        const links = (page: string) => found([textOf(page)], /\]\((?!https?:)([^)\s]+)\)/g);
        const leads = (link: string, page: string) => {
            const [path, anchor] = link.split("#") as [string, string?];
            const target = path === "" ? page : normalize(join(dirname(page), path)).replace(/\/$/, "");
            return isThere(target) && (anchor === undefined || anchorsOf(target).has(anchor));
        };
        assertKnown(links, leads, all);
    });

    it("name files and folders that are there", () => {
        const path = /^((?:\.github|bench|ci|components|docs|migrations|policy|sandbox|test|tools)\/[\w./-]*)$/g;
        assertKnown(
            (page) => found(codeOf(page), path),
            (name, page) => isThere(name) || isThere(join(dirname(page), name)),
        );
        assertKnown((page) => found(codeOf(page), /((?:sandbox|test)\/[\w./-]+\.ts)\b/g), isThere);
    });

    it("run commands of the Makefile", () => {
        const targets = found([textOf("Makefile")], /^([a-z-]+):/gm);
        assertKnown(
            (page) => found(codeOf(page), /(?:^\s*|&& |=\S+ )make(?: --silent)? ([a-z-]+)\b/g),
            (target) => targets.includes(target),
        );
    });

    it("set settings that there are", () => {
        assertKnown(
            (page) => found(codeOf(page), /pulumi config (?:set|get|rm)(?: --\w+)* '?([a-z]\w+)(?![\w:])/g),
            (key) => key in schema,
        );
    });

    it("tell of alerts that there are", () => {
        const alerts = everyAlert.flatMap((topic) => topic.alerts.map(({ alert }) => alert));
        assertKnown(
            (page) => found(codeOf(page), /\b(JustDb(?!Cloud)[A-Z]\w+)/g),
            (alert) => alerts.includes(alert),
        );
    });

    it("list every test of faults, and no other", () => {
        const there = readdirSync(join(root, "test/faults"), { encoding: "utf8", recursive: true }).filter((file) =>
            file.endsWith(".test.ts"),
        );
        assert.deepEqual(
            found([textOf("docs/reliability.md")], /^\| `([a-z-]+)` \|/gm).sort(),
            there.map((file) => basename(file, ".test.ts")).sort(),
        );
    });

    it("list every file and folder of the sandbox's code", () => {
        const text = textOf("sandbox/README.md");
        const there = readdirSync(join(root, "sandbox"), { withFileTypes: true })
            .filter((entry) => entry.isDirectory() || entry.name.endsWith(".ts"))
            .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
        const missing = there.filter((name) => name !== "node_modules/" && !text.includes(`\`${name}\``));
        assert.deepEqual(missing, []);
    });

    it("list every part", () => {
        const listed = found([textOf("docs/architecture.md")], /^\| `([a-z-]+)` \|/gm);
        const missing = parts.filter(({ name }) => !listed.includes(name));
        assert.deepEqual(missing, []);
    });
});
