import assert from "node:assert/strict";
import { podSecurityHostProbes } from "../../../../policy/rules/pod-security-host-probes";
import { breaks } from "../../../support/policy/breaks/pod-security-host-probes";
import { testBreaks } from "../../../support/policy/rule-tests";
import { violationsWith } from "../../../support/policy/pod-with";

testBreaks(podSecurityHostProbes, breaks);

describe("the rule pod-security-host-probes, further", () => {
    const of = (probe: object) => violationsWith(podSecurityHostProbes, [["containers", 0, "livenessProbe"], probe]);

    it("passes probes of the pod itself", () => {
        for (const host of [undefined, null, ""]) assert.deepEqual(of({ httpGet: { port: 8080, host } }), []);
        assert.deepEqual(of({ httpGet: { port: 8080, httpHeaders: [{ name: "Host", value: "example.com" }] } }), []);
        assert.deepEqual(of({ grpc: { port: 8080 } }), []);
        assert.deepEqual(of({ exec: { command: ["true"] } }), []);
    });

    it("does not print the host", () => {
        const found = of({ tcpSocket: { port: 8080, host: "10.0.0.1" } });
        assert.deepEqual(found, ["spec.containers[app].livenessProbe.tcpSocket.host: must be empty or absent"]);
    });
});
