import assert from "node:assert/strict";
import { imageRegistries } from "../../../../policy/rules/image-registries";
import { breaks } from "../../../support/policy/breaks/image-registries";
import { registryPattern } from "../../../../policy/lib/kubernetes/image-reference";
import type { Config } from "../../../../policy/lib/rule";
import { judged, type Props, unknown } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(imageRegistries, breaks);

describe("image-registries", () => {
    const of = (image: unknown, config?: Config) => {
        const pod = podResource("Pod");
        (pod.props.spec as Props).initContainers = [];
        ((pod.props.spec as Props).containers as Props[])[0]!.image = image;
        return judged(imageRegistries, pod, config).violations;
    };

    it("allows every registry unless it is told which", () => {
        assert.deepEqual(of("registry.example.com/team-evil/app:1"), []);
    });

    it("waits for no image that it would not judge", () => {
        const pod = podResource("Pod");
        (pod.props.spec as Props).containers = unknown;
        assert.deepEqual(judged(imageRegistries, pod), { violations: [], unjudged: [] });
    });

    it("knows that nginx is docker.io/library/nginx", () => {
        assert.deepEqual(of("nginx:1", { allowed: ["docker.io/library"] }), []);
        assert.deepEqual(of("docker.io/nginx:1", { allowed: ["index.docker.io/library/"] }), []);
        assert.equal(of("justdb/nginx:1", { allowed: ["docker.io/library"] }).length, 1);
    });

    it("compares whole hosts and whole parts of a path", () => {
        const allowed = ["registry.example.com/team", "localhost:5000"];
        for (const image of [
            "registry.example.com/team:1",
            "REGISTRY.example.com/team/a/b:1",
            "localhost:5000/app:1",
        ]) {
            assert.deepEqual(of(image, { allowed }), [], image);
        }
        for (const image of [
            "registry.example.com/team-evil/app:1",
            "registry.example.com.evil.org/team/app:1",
            "registry.example.com:8443/team/app:1",
            "evil.org/registry.example.com/team/app:1",
            "registry.example.com/other/team/app:1",
            "localhost:5001/app:1",
            "localhost/app:1",
            "registry.example.com/team/../evil/app:1",
            "registry.example.com/team/app:1@evil",
        ]) {
            assert.equal(of(image, { allowed }).length, 1, image);
        }
    });

    it("names the registry, and not the image", () => {
        assert.deepEqual(of("evil.org/app:1", { allowed: ["docker.io", "ghcr.io/team"] }), [
            "spec.containers[app].image: is of evil.org; allowed are docker.io, ghcr.io/team",
        ]);
    });

    it("has a schema for its entries that takes registries and nothing else", () => {
        const pattern = new RegExp(registryPattern);
        for (const entry of [
            "docker.io",
            "docker.io/library",
            "localhost",
            "localhost:5000/a",
            "r.example.com:5000/a/b",
        ]) {
            assert.ok(pattern.test(entry), entry);
        }
        for (const entry of ["nginx", "team/app", "docker.io/nginx:1", "docker.io/nginx@sha256:0f", "", "/app"]) {
            assert.ok(!pattern.test(entry), entry);
        }
    });
});
