import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { resolve } from "../../../../components/config/resolve";
import { mirrored } from "../../../../components/images/reference";
import { lockText } from "../../../../tools/images/lock";
import { copyCommand, everyImage, imagesOf } from "../../../../tools/images/names";

const mirror = { "*": "registry.example.com/mirror" };

describe("the list of images", () => {
    it("has those of every option once, by their whole names", () => {
        const names = everyImage();
        assert.deepEqual(names, [...new Set(names)].sort());
        for (const image of names) assert.match(image, /^(?:docker\.io|ghcr\.io)\/[^/]+\/[^:]+:v?\d/);
        for (const part of [
            "justdb/cloud",
            "library/redis",
            "redis_exporter",
            "liquibase",
            "/postgresql",
            "/cloudnative-pg:",
        ]) {
            assert.equal(names.filter((name) => name.includes(part)).length, 1, part);
        }
    });

    it("has of one stack what that runs, by the names that its pods have", () => {
        const dev = imagesOf(resolve({ environment: "dev" }, "justdb"));
        assert.ok(!dev.some((image) => /exporter|operator|cloudnative-pg:|plugin/.test(image)), dev.join());
        const prod = imagesOf(resolve({ metricsScrape: "prometheusOperator", imageMirror: mirror }, "justdb"));
        assert.ok(prod.length > dev.length);
        for (const image of prod) assert.match(image, /^registry\.example\.com\/mirror\/(?:docker\.io|ghcr\.io)\//);
    });
});

describe("the command that mirrors an image", () => {
    it("copies it to where imageMirror looks for it", () => {
        const command = copyCommand("docker.io/library/redis:7.2.11", "registry.example.com/mirror");
        assert.equal(
            command,
            "crane copy docker.io/library/redis:7.2.11 registry.example.com/mirror/docker.io/library/redis:7.2.11",
        );
        assert.ok(command.endsWith(` ${mirrored("redis:7.2.11", mirror)}`));
    });
});

describe("the lock of images", () => {
    it("has a line for each, with the digest where it is known", () => {
        const digests = new Map([["docker.io/a/b:1", "sha256:0f"]]);
        const [, ...lines] = lockText(["docker.io/a/b:1", "docker.io/a/c:1"], digests).trimEnd().split("\n");
        assert.deepEqual(lines, ["docker.io/a/b:1@sha256:0f", "docker.io/a/c:1"]);
    });

    it("of the program has its images: run make docs after another default", () => {
        const text = readFileSync(join(__dirname, "../../../../images.lock"), "utf8");
        const names = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
        assert.deepEqual(
            names.map((line) => line.replace(/@.*/, "")),
            everyImage(),
        );
    });
});
