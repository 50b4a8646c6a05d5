import assert from "node:assert/strict";
import { workloadReadOnlyRootFilesystem } from "../../../../policy/rules/workload-read-only-root-filesystem";
import { breaks } from "../../../support/policy/breaks/workload-read-only-root-filesystem";
import { judged, type Props, unknown } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(workloadReadOnlyRootFilesystem, breaks);

describe("workload-read-only-root-filesystem", () => {
    const windows = (os: unknown) => {
        const pod = podResource("Pod");
        const spec = pod.props.spec as Props;
        delete (spec.containers as Props[])[0]!.securityContext;
        return { ...pod, props: { ...pod.props, spec: { ...spec, os } } };
    };

    it("leaves out pods for Windows, where there is no such setting", () => {
        assert.deepEqual(judged(workloadReadOnlyRootFilesystem, windows({ name: "windows" })).violations, []);
    });

    it("judges pods that say that they are for Linux", () => {
        assert.equal(judged(workloadReadOnlyRootFilesystem, windows({ name: "linux" })).violations.length, 1);
    });

    it("waits for the name of the system when the setting depends on it", () => {
        const result = judged(workloadReadOnlyRootFilesystem, windows({ name: unknown }));
        assert.deepEqual(result, { violations: [], unjudged: ["spec.os.name"] });
    });
});
