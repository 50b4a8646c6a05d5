import type { Part } from "../lib/part";
import { checks } from "./checks";
import { flows } from "./flows";
import { requirements } from "./requirements";
import { schema } from "./settings";

const former: Part["former"] = {
    serviceType: {
        now: ["edge"],
        fix:
            "remove it. For LoadBalancer, set edge to loadBalancer; for ClusterIP, leave edge at none, and set ingressNamespace and " +
            "ingressPodLabels if a controller of your own stands in front",
    },
};

export const edgePart: Part = {
    name: "edge",
    title: "Edge",
    makes:
        "the Service, what leads to it, and the URL: `ingress.ts`, `gateway.ts`, `certificate.ts`. What follows " +
        "from who makes the load balancer (`controllers.ts`) and who reads the Ingress (`ingress-controllers.ts`, " +
        "`traefik.ts`, `application-load-balancer.ts`)",
    schema,
    former,
    checks,
    flows,
    requirements,
};
