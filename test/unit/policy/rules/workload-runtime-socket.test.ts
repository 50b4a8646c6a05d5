import assert from "node:assert/strict";
import { workloadRuntimeSocket } from "../../../../policy/rules/workload-runtime-socket";
import { breaks } from "../../../support/policy/breaks/workload-runtime-socket";
import { judged, type Props } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(workloadRuntimeSocket, breaks);

describe("workload-runtime-socket", () => {
    const mounted = (path: string) => {
        const pod = podResource("Pod");
        const spec = { ...(pod.props.spec as Props), volumes: [{ name: "node", hostPath: { path } }] };
        return judged(workloadRuntimeSocket, { ...pod, props: { ...pod.props, spec } }).violations;
    };

    it("finds a socket in a volume by the volume's name, and says nothing of the path", () => {
        assert.deepEqual(mounted("/run/containerd"), [
            "spec.volumes[node].hostPath.path: holds the socket of the container runtime, and with it the node; " +
                "mount a folder without one",
        ]);
    });

    it("leaves other folders of the node alone", () => {
        assert.deepEqual(mounted("/var/log"), []);
    });
});
