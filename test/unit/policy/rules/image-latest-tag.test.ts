import assert from "node:assert/strict";
import { imageLatestTag } from "../../../../policy/rules/image-latest-tag";
import { breaks } from "../../../support/policy/breaks/image-latest-tag";
import { judged, type Props } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(imageLatestTag, breaks);

describe("image-latest-tag", () => {
    const of = (image: unknown) => {
        const pod = podResource("Pod");
        (pod.props.spec as Props).initContainers = [];
        ((pod.props.spec as Props).containers as Props[])[0]!.image = image;
        return judged(imageLatestTag, pod).violations;
    };

    it("tells a registry's port from a tag", () => {
        assert.match(of("localhost:5000/app").join(), /has no tag/);
        assert.deepEqual(of("localhost:5000/app:1"), []);
    });

    it("takes a digest, even beside the tag latest", () => {
        assert.deepEqual(of(`nginx@sha256:${"0f".repeat(32)}`), []);
        assert.deepEqual(of(`nginx:latest@sha256:${"0f".repeat(32)}`), []);
    });

    it("does not take what is no digest or no tag for one", () => {
        for (const image of ["nginx:latest@sha256:abc", "nginx@latest", "nginx:", "", " ", "nginx:1.2 "]) {
            assert.match(of(image).join(), /no valid image reference/, image);
        }
    });

    it("leaves tags alone that only begin with latest", () => {
        assert.deepEqual(of("nginx:latest-1.29"), []);
    });
});
