import { contains, type Range, rangeOf } from "../lib/cidr";
import type { Field } from "../lib/field";
import { isolates, networkPolicies, peersOf, reachesPort, rulesOf } from "../lib/kubernetes/network-policy";
import type { Judge } from "../lib/judge";
import { eachObject, type ResourceRule } from "../lib/rule";
import { settled } from "../lib/verdict";

/** Every cloud answers for metadata here. */
const port = 80;

function holds(cidr: Field, address: Range): boolean {
    const range = rangeOf(cidr.text ?? "");
    return range !== undefined && contains(range, address);
}

function checkBlock(block: Field, addresses: [string, Range][], judge: Judge): void {
    const cidr = block.at("cidr");
    const open = addresses.filter(
        ([, address]) => holds(cidr, address) && !block.at("except").items.some((except) => holds(except, address)),
    );
    if (open.length > 0)
        judge.wrong(
            cidr,
            `holds ${open.map(([text]) => text).join(", ")}, which gives out the node's credentials; put it into except`,
        );
}

export const networkMetadataEgress: ResourceRule = {
    name: "network-metadata-egress",
    description:
        "No NetworkPolicy lets pods reach the cloud's metadata address, which gives out the node's credentials.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation:
        "Name the peers of the egress rule; put 169.254.169.254/32 (or 169.254.0.0/16) into `except` of an ipBlock that holds it.",
    config: {
        addresses: {
            type: "array",
            items: { type: "string" },
            default: ["169.254.169.254", "fd00:ec2::254", "fd20:ce::254"],
            description: "the addresses of the metadata service, of AWS, Azure and Google by default",
        },
    },
    check: eachObject([networkPolicies], (policy, judge, config) => {
        const addresses = (config.addresses as string[]).flatMap((text): [string, Range][] => {
            const range = rangeOf(text);
            return range ? [[text, range]] : [];
        });
        const rules = rulesOf(policy, "Egress");
        if (rules.length === 0 || !settled(isolates(policy, "Egress"))) return;
        judge.each(rules, (rule) => {
            const peers = peersOf(rule, "Egress").items;
            if (peers.length === 0) {
                if (settled(reachesPort(rule, port)))
                    judge.wrong(rule, "allows the metadata address, as it is for every address; name the peers");
                return;
            }
            judge.each(peers, (peer) => {
                const block = peer.at("ipBlock");
                if (!block.absent && settled(reachesPort(rule, port))) checkBlock(block, addresses, judge);
            });
        });
    }),
};
