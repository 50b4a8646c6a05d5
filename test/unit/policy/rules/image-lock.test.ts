import assert from "node:assert/strict";
import { imageLock } from "../../../../policy/rules/image-lock";
import { breaks, lockOf } from "../../../support/policy/breaks/image-lock";
import { judged, type Props } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(imageLock, breaks);

const [digest, other] = ["0f", "1e"].map((byte) => `sha256:${byte.repeat(32)}`) as [string, string];

describe("image-lock", () => {
    const lock = lockOf(`docker.io/library/redis:7.2@${digest}`, "ghcr.io/team/app:1.0.0");
    const of = (image: string, given = lock) => {
        const pod = podResource("Pod");
        (pod.props.spec as Props).initContainers = [];
        (pod.props.spec as Props).volumes = [];
        ((pod.props.spec as Props).containers as Props[])[0]!.image = image;
        return judged(imageLock, pod, { lock: given }).violations;
    };

    it("allows every image unless it is told of a lock", () => {
        assert.deepEqual(of("evil.org/app:1", ""), []);
    });

    it("knows an image by whichever of its names, with its digest or without", () => {
        for (const image of [
            "redis:7.2",
            `docker.io/redis:7.2@${digest}`,
            `redis@${digest}`,
            "ghcr.io/team/app:1.0.0",
            `ghcr.io/team/app:1.0.0@${digest}`,
        ]) {
            assert.deepEqual(of(image), [], image);
        }
    });

    it("objects to another tag, another registry, and a digest that no line has", () => {
        const not = (image: string) =>
            assert.deepEqual(of(image), [`spec.containers[app].image: is not in ${lock}`], image);
        not("redis:7.3");
        not("quay.io/library/redis:7.2");
        not(`redis@${other}`);
        not("redis");
    });

    it("objects to a tag with another digest, and says which is locked", () => {
        assert.deepEqual(of(`redis:7.2@${other}`), [
            `spec.containers[app].image: has another digest than in ${lock}: ${digest}`,
        ]);
    });

    it("says why it cannot compare", () => {
        assert.match(
            of("redis:7.2", "/nowhere/images.lock").join(),
            /cannot be compared with \/nowhere\/images\.lock: ENOENT/,
        );
        assert.match(
            of("redis:7.2", lockOf("not an image")).join(),
            /cannot be compared with .*: not an image is no image/,
        );
    });
});
