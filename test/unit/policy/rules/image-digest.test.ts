import assert from "node:assert/strict";
import { imageDigest } from "../../../../policy/rules/image-digest";
import { breaks } from "../../../support/policy/breaks/image-digest";
import { judged, type Props } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(imageDigest, breaks);

describe("image-digest", () => {
    const of = (image: unknown) => {
        const pod = podResource("Pod");
        (pod.props.spec as Props).initContainers = [];
        ((pod.props.spec as Props).containers as Props[])[0]!.image = image;
        return judged(imageDigest, pod).violations;
    };

    it("is an organisation's own choice", () => {
        assert.equal(imageDigest.level, "disabled");
        assert.ok(imageDigest.why);
    });

    it("takes no digest that is cut off", () => {
        assert.equal(of(`nginx@sha256:${"0f".repeat(31)}`).length, 1);
        assert.deepEqual(of(`nginx:1@sha512:${"0f".repeat(64)}`), []);
    });
});
