import { type Problem, shown } from "../config/error";
import { isSet, onlyFor } from "../config/problems";
import type { JustDbCloudArgs, Key, Resolved } from "../parts";
import { abilityChecks } from "./ability-checks";
import { gatewayChecks } from "./gateway-checks";
import { ingressChecks } from "./ingress-checks";
import { balancedChecks, loadBalancerChecks } from "./load-balancer-checks";
import type { Edge } from "./service-args";
import { tlsChecks } from "./tls-checks";
import { isApplicationLoadBalancer } from "./way";

/** Which arguments each edge reads. The others say nothing. */
const readBy: [Edge[], Key[]][] = [
    [
        ["loadBalancer", "ingress", "gateway"],
        ["host", "externalDns", "allowPlainHttp", "tlsCertificateArn"],
    ],
    [
        ["ingress", "gateway"],
        ["edgePreflight", "edgePath", "requestTimeoutSeconds", "hstsSeconds", "tlsSecret", "tlsIssuer"],
    ],
    [["loadBalancer"], ["loadBalancerController"]],
    [
        ["loadBalancer", "ingress"],
        ["loadBalancerScheme", "loadBalancerSourceRanges"],
    ],
    [["ingress"], ["ingressClass", "ingressController", "ingressAnnotations", "maxBodySize"]],
    [
        ["gateway"],
        [
            "gatewayClass",
            "gatewayName",
            "gatewayNamespace",
            "gatewaySection",
            "gatewayRedirectSection",
            "gatewayHttpsPort",
            "gatewayHttpPort",
        ],
    ],
];

const oneOf = (names: string[]) => names.join(", ").replace(/, ([^,]+)$/, " or $1");

function unread(s: Resolved, chosen: JustDbCloudArgs): Problem[] {
    const ofAws: Key[] = ["loadBalancerScheme", "loadBalancerSourceRanges"];
    const unbalanced = s.edge === "ingress" && !isApplicationLoadBalancer(s) ? ofAws : [];
    return [
        ...readBy.flatMap(([edges, keys]) =>
            edges.includes(s.edge) ? [] : onlyFor(s, chosen, "edge", oneOf(edges), keys),
        ),
        ...onlyFor(s, chosen, "ingressController", "aws-load-balancer-controller", unbalanced),
    ];
}

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...unread(s, chosen),
    ...host(s),
    ...callers(s),
    ...balancedChecks(s),
    ...tlsChecks(s),
    ...(s.edge === "loadBalancer" ? loadBalancerChecks(s, chosen) : []),
    ...(s.edge === "ingress" ? ingressChecks(s) : []),
    ...(s.edge === "gateway" ? gatewayChecks(s, chosen) : []),
    ...(s.edge === "ingress" || s.edge === "gateway" ? abilityChecks(s, chosen) : []),
];

function host(s: Resolved): Problem[] {
    if (s.host !== "") return [];
    const why = s.edge === "ingress" || s.edge === "gateway" ? "edge" : s.externalDns ? "externalDns" : undefined;
    if (why === undefined || s.edge === "none") return [];
    return [
        {
            key: "host",
            also: [why],
            got: `nothing, with ${why} ${s[why]}`,
            allowed: "the DNS name by which clients call",
            fix: 'set it to "justdb.example.com", for example',
        },
    ];
}

/** Nobody calls the app but whom the settings name. */
function callers(s: Resolved): Problem[] {
    const labels = isSet(s.ingressPodLabels);
    if (labels !== (s.ingressNamespace !== "")) {
        const [key, other]: Key[] = labels
            ? ["ingressNamespace", "ingressPodLabels"]
            : ["ingressPodLabels", "ingressNamespace"];
        return [
            {
                key: key!,
                also: [other!],
                got: `nothing, with ${other} ${shown(s[other!])}`,
                allowed: "both or neither: no label would admit every pod of the namespace",
                fix: `set ${key}, or remove ${other}`,
            },
        ];
    }
    if (isApplicationLoadBalancer(s)) return s.edgeCidrs.length > 0 ? [] : [missing(s, "edgeCidrs")];
    const needed = s.edge === "ingress" || s.edge === "gateway";
    return needed && !labels && s.edgeCidrs.length === 0 ? [missing(s, "ingressNamespace")] : [];
}

const missing = (s: Resolved, key: "edgeCidrs" | "ingressNamespace"): Problem => ({
    key,
    also: ["edge", "ingressController", "edgeCidrs"],
    got: `nothing, with edge ${s.edge}`,
    ...(key === "edgeCidrs"
        ? {
              allowed: "the CIDRs of the load balancer's subnets, from which it calls the pods",
              fix: 'set it to ["10.20.0.0/24"], for example',
          }
        : {
              allowed: "the namespace of the pods that call the app, with ingressPodLabels",
              fix: `set both to those of the ${s.edge === "gateway" ? "gateway" : "controller"}; if it is not in the cluster, set edgeCidrs in their place`,
          }),
});
