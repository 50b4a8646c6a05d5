import { podSecurityPrivileged } from "../../../../policy/rules/pod-security-privileged";
import { breaks } from "../../../support/policy/breaks/pod-security-privileged";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(podSecurityPrivileged, breaks);
