// The policy pack as the engine starts it: `pulumi preview --policy-pack policy`.
import { PolicyPack } from "@pulumi/policy";
import { toPolicy } from "./lib/policy";
import { rules } from "./rules";

new PolicyPack("justdb-cloud-policy", { policies: rules.map(toPolicy), enforcementLevel: "mandatory" });
