import * as a from "../config/setting";
import { IpFamilies, type NetworkArgs } from "./args";

export const schema: a.Schema<NetworkArgs> = {
    monitoringNamespace: a.dnsLabel({ default: "monitoring", example: "observability" }),
    ipFamilies: a.choice(IpFamilies, { default: "IPv4", example: "dualStack" }),
    dnsCidrs: a.cidrs({ default: [], example: ["169.254.20.10/32"] }),
    kubernetesApiCidrs: a.cidrs({ default: [], example: ["10.0.0.1/32"] }),
    kubernetesApiPorts: a.ports({ default: [443, 6443], example: [16443] }),
};
