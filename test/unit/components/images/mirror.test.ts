import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { JustDbCloudArgs } from "../../../../components";
import { check, resolve } from "../../../../components/config/resolve";
import { mirrored } from "../../../../components/images/reference";
import { agreements, keys, schema } from "../../../../components/parts";
import { plan } from "../../../support/mocks";

const byRegistry = { "docker.io": "harbor.example.com/docker-hub", "ghcr.io": "harbor.example.com/github" };
const general = { "*": "registry.example.com:5000/mirror" };

/** Every option that brings an image of its own. */
const everyImage: JustDbCloudArgs = {
    metricsScrape: "prometheusOperator",
    postgresInstallOperator: true,
    restoreFrom: "s3://backups-of-another/latest",
};

describe("a mirror of images", () => {
    it("stands in the place of the registry that it is for", () => {
        assert.equal(mirrored("redis:7.2", byRegistry), "harbor.example.com/docker-hub/library/redis:7.2");
        assert.equal(mirrored("docker.io/redis:7.2", byRegistry), "harbor.example.com/docker-hub/library/redis:7.2");
        assert.equal(mirrored("justdb/cloud:1.0.0", byRegistry), "harbor.example.com/docker-hub/justdb/cloud:1.0.0");
        assert.equal(mirrored("ghcr.io/a/b/c:1", byRegistry), "harbor.example.com/github/a/b/c:1");
        assert.equal(mirrored("quay.io/a/b:1", byRegistry), "quay.io/a/b:1");
    });

    it("stands before the whole name, where it is for every registry that has none of its own", () => {
        const digest = `sha256:${"0f".repeat(32)}`;
        assert.equal(mirrored("redis:7.2", general), "registry.example.com:5000/mirror/docker.io/library/redis:7.2");
        assert.equal(
            mirrored(`localhost:5001/app@${digest}`, general),
            `registry.example.com:5000/mirror/localhost_5001/app@${digest}`,
        );
        const both = { ...general, "ghcr.io": "registry.example.com:5000/github" };
        assert.equal(mirrored("ghcr.io/a/b:1", both), "registry.example.com:5000/github/a/b:1");
    });

    it("is not put before an image that is named by its registry already", () => {
        const once = mirrored("redis:7.2", general);
        assert.equal(mirrored(once, general), once);
        assert.equal(mirrored("harbor.example.com/own/app:1", byRegistry), "harbor.example.com/own/app:1");
    });

    it("is before every image of every pod", async () => {
        const made = await plan({ ...everyImage, imageMirror: general });
        const images = JSON.stringify(
            made.resources.filter(({ type }) => type.startsWith("kubernetes:")).map((r) => r.inputs),
        );
        const named = [...images.matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image!);
        assert.ok(named.length >= 10);
        for (const image of named) assert.match(image, /^registry\.example\.com:5000\/mirror\/[a-z.]+\//);
        assert.deepEqual(made.at("justdb-operator", "values.image"), {
            repository: "registry.example.com:5000/mirror/ghcr.io/cloudnative-pg/cloudnative-pg",
            tag: "1.30.0",
        });
    });

    it("is before every setting that names an image to run, one that is known later too", async () => {
        const appImage = pulumi.output("justdb/cloud:1.0.0");
        const settings = resolve(
            { ...everyImage, appImage, imageMirror: byRegistry, backupImage: "ghcr.io/a/b:1" },
            "justdb",
        );
        const ofImages = keys.filter((key) => key.endsWith("Image"));
        assert.deepEqual(
            keys.filter((key) => schema[key].pulled),
            ofImages,
        );
        for (const key of ofImages.filter((one) => one !== "appImage")) {
            assert.match(settings[key] as string, /^harbor\.example\.com\//, key);
        }
        const image = await new Promise((done) => pulumi.output(settings.appImage).apply(done));
        assert.equal(image, "harbor.example.com/docker-hub/justdb/cloud:1.0.0");
    });

    it("changes nothing where there is none", () => {
        assert.equal(mirrored("justdb/cloud:1.0.0", {}), "justdb/cloud:1.0.0");
    });

    it("makes no other database of an image, by whichever name that was pulled", () => {
        const now = "ghcr.io/cloudnative-pg/postgresql:17.6-system-bookworm";
        const next = "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie";
        const refused = (args: JustDbCloudArgs, live: string) =>
            agreements(resolve({ imageMirror: general, ...args }, "justdb")).filter(
                ({ where, agrees, accepted }) =>
                    !accepted.includes(live) && new RegExp(where).test(live) && !new RegExp(agrees).test(live),
            ).length;
        const behind = mirrored(now, general);
        for (const live of [now, behind]) {
            assert.equal(refused({ postgresImage: now }, live), 0);
            assert.equal(refused({ postgresImage: next }, live), 2);
            assert.equal(refused({ postgresImage: next, postgresUpgradeFrom: now }, live), 0);
        }
        // As the message has it, of a database that was pulled by the mirror.
        assert.equal(refused({ postgresImage: next, postgresUpgradeFrom: behind }, behind), 0);
    });

    it("is a registry, with a path or without", () => {
        for (const imageMirror of [
            byRegistry,
            general,
            { "docker.io": "nexus.example.com:8083" },
            { "*": "localhost" },
        ]) {
            assert.deepEqual(check({ imageMirror }), []);
        }
        for (const mirror of [
            "https://harbor.example.com",
            "harbor",
            "harbor.example.com/",
            "h.example.com/A",
            "h.example.com/a:1",
        ]) {
            assert.equal(check({ imageMirror: { "docker.io": mirror } }).length, 1, mirror);
        }
        assert.equal(check({ imageMirror: { docker: "harbor.example.com" } }).length, 1);
    });
});
