import type { Break } from "../break";
import { goodPolicy } from "./network-allow-all";

const addresses = ["169.254.169.254/32", "169.254.0.0/16", "168.0.0.0/6", "fd00:ec2::254/128", "fc00::/7"];

export const breaks: Break[] = addresses.map((cidr) => ({
    rule: "network-metadata-egress",
    title: `egress to ${cidr}`,
    fixture: () => goodPolicy(),
    at: ["spec", "egress", 0, "to", 0, "ipBlock", "cidr"],
    value: cidr,
    field: "spec.egress[0].to[0].ipBlock.cidr",
    absent: "fine",
}));
