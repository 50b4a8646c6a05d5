import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import manifest from "../../package.json";

const root = join(__dirname, "../..");
const textOf = (path: string) => readFileSync(join(root, path), "utf8");
const isTest = (path: string) => path.includes(".test.") || path.includes("__pycache__");

/** All files below the folders that the package names. */
const named = manifest.files
    .filter((path) => !path.startsWith("!") && statSync(join(root, path)).isDirectory())
    .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
    );

describe("the npm package", () => {
    let packed: string[];
    before(() => {
        const printed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
            cwd: root,
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
        });
        packed = (JSON.parse(printed) as { files: { path: string }[] }[])[0]!.files.map(({ path }) => path);
    });

    it("holds nothing that only developers need", () => {
        const kept = packed.filter((path) => /^(?:\.|bench|ci|policy|sandbox|test|tools)/.test(path) || isTest(path));
        assert.deepEqual(kept, []);
        const pages = packed.filter((path) => /^docs\/[^/]+$/.test(path));
        assert.deepEqual(pages.sort(), [
            "docs/alerts.md",
            "docs/configuration.md",
            "docs/delivery.md",
            "docs/doctor.md",
            "docs/edge.md",
            "docs/existing-services.md",
            "docs/identity.md",
            "docs/images.md",
            "docs/mesh.md",
            "docs/monitoring.md",
            "docs/network.md",
            "docs/operations.md",
            "docs/placement.md",
            "docs/storage.md",
        ]);
    });

    it("holds all that the component reads, and what other languages start it by", () => {
        for (const path of [...named.filter((one) => !isTest(one)), "PulumiPlugin.yaml", "tsconfig.json", "LICENSE"]) {
            assert.ok(packed.includes(path), path);
        }
        assert.ok(packed.includes(manifest.main));
    });

    it("has no module that is called as a JSON file beside it, which ts-node and Node take for the module", () => {
        assert.deepEqual(
            named.filter((path) => path.endsWith(".json") && named.includes(path.replace(/json$/, "ts"))),
            [],
        );
    });

    it("imports its own files, and packages that it depends on", () => {
        for (const path of packed.filter((one) => one.endsWith(".ts"))) {
            for (const { fileName } of ts.preProcessFile(textOf(path)).importedFiles) {
                const file = normalize(join(dirname(path), fileName));
                const [own, dependency] = [
                    [`${file}.ts`, `${file}/index.ts`].some((one) => packed.includes(one)),
                    Object.keys(manifest.dependencies).some((one) => `${fileName}/`.startsWith(`${one}/`)),
                ];
                assert.ok(own || dependency || fileName.startsWith("node:"), `${path}: ${fileName}`);
            }
        }
    });

    it("holds the pages that its messages and alerts send to", () => {
        for (const path of packed.filter((one) => /\.(?:ts|py|yaml|sh)$/.test(one))) {
            for (const [page] of textOf(path).matchAll(/docs\/[\w/-]+\.md/g)) {
                assert.ok(packed.includes(page), `${path}: ${page}`);
            }
        }
    });
});
