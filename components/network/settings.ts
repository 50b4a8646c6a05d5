import * as a from "../config/setting";
import type { NetworkArgs } from "./args";

export const schema: a.Schema<NetworkArgs> = {
    monitoringNamespace: a.dnsLabel({ default: "monitoring", example: "observability" }),
    kubernetesApiCidrs: a.cidrs({ default: [], example: ["10.0.0.1/32"] }),
};
