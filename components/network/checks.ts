import { type Problem, shown } from "../config/error";
import { covers, familyOf, isSingle } from "../lib/cidr";
import { metadataAddresses } from "../lib/flow";
import type { Key, Resolved } from "../parts";

export const checks = (s: Resolved): Problem[] => [...otherFamily(s), ...credentials(s)];

/** Where pods connect to. */
const destinations = ["storageCidrs", "postgresCidrs", "redisCidrs", "dnsCidrs", "kubernetesApiCidrs"] satisfies Key[];

/** The other way round nothing is wrong: pods of IPv6 reach addresses of IPv4 where their node, or a NAT64, translates. */
function otherFamily(s: Resolved): Problem[] {
    if (s.ipFamilies !== "IPv4") return [];
    return destinations.flatMap((key) => {
        const cidr = s[key].find((one) => familyOf(one) === "IPv6");
        if (cidr === undefined) return [];
        return {
            key,
            also: ["ipFamilies"],
            got: `${shown(cidr)}, with ipFamilies ${s.ipFamilies}`,
            allowed: "addresses of IPv4: pods that have no address of IPv6 reach no other",
            fix: "remove it, or set ipFamilies to dualStack or IPv6, as the cluster is",
        };
    });
}

/** The metadata services of AWS and Google, of version 4 and 6, and what gives credentials to tasks of ECS and to pods of EKS. */
const givesCredentials = [
    "169.254.169.254/32",
    "fd00:ec2::254/128",
    "fd20:ce::254/128",
    "169.254.170.2/32",
    "169.254.170.23/32",
    "fd00:ec2::23/128",
];

/** Of what is else kept out, a DNS server is let through by its own address. */
function credentials(s: Resolved): Problem[] {
    const wrong = s.dnsCidrs.filter(
        (cidr) =>
            metadataAddresses.some((range) => covers(range, cidr)) &&
            (!isSingle(cidr) || givesCredentials.some((one) => covers(one, cidr))),
    );
    return wrong.map((cidr) => ({
        key: "dnsCidrs",
        got: shown(cidr),
        allowed: `of ${metadataAddresses.join(", ")} single addresses only, and none that gives out credentials`,
        fix: "name the nameserver in the /etc/resolv.conf of a pod, such as 169.254.20.10/32",
    }));
}
