import assert from "node:assert/strict";
import { podSecurityHostPorts } from "../../../../policy/rules/pod-security-host-ports";
import { breaks } from "../../../support/policy/breaks/pod-security-host-ports";
import { testBreaks } from "../../../support/policy/rule-tests";
import { violationsWith } from "../../../support/policy/pod-with";

testBreaks(podSecurityHostPorts, breaks);

describe("the rule pod-security-host-ports, further", () => {
    it("names the port, and passes 0 and null", () => {
        const ports = [
            { name: "http", containerPort: 8080 },
            { name: "https", containerPort: 8443, hostPort: 443 },
            { name: "zero", containerPort: 8081, hostPort: 0 },
            { name: "null", containerPort: 8082, hostPort: null },
        ];
        assert.deepEqual(violationsWith(podSecurityHostPorts, [["containers", 0, "ports"], ports]), [
            "spec.containers[app].ports[https].hostPort: must be 0 or absent",
        ]);
    });

    it("leaves the node's network to the rule of that", () => {
        const ports = [{ containerPort: 8080 }];
        const found = violationsWith(
            podSecurityHostPorts,
            [["hostNetwork"], true],
            [["containers", 0, "ports"], ports],
        );
        assert.deepEqual(found, []);
    });
});
