import type { Problem } from "../config/error";
import { onlyFor } from "../config/problems";
import { isOutside } from "../edge/way";
import type { JustDbCloudArgs, Resolved } from "../parts";

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [...unread(s, chosen), ...outside(s)];

function unread(s: Resolved, chosen: JustDbCloudArgs): Problem[] {
    const hasSidecar = s.mesh === "istio" || s.mesh === "linkerd";
    return [
        ...(s.mesh === "none" ? onlyFor(s, chosen, "mesh", "istio, istioAmbient or linkerd", ["meshMtls"]) : []),
        ...(hasSidecar ? [] : onlyFor(s, chosen, "mesh", "istio or linkerd", ["meshNamespace"])),
        ...(s.mesh === "istio" ? [] : onlyFor(s, chosen, "mesh", "istio", ["meshRevision"])),
    ];
}

/** What is no pod is in no mesh. */
function outside(s: Resolved): Problem[] {
    if (s.mesh === "none" || s.meshMtls === "permissive" || !isOutside(s)) return [];
    return [
        {
            key: "meshMtls",
            also: ["mesh", "edge", "ingressController", "edgeCidrs"],
            got: `${s.meshMtls}, with mesh ${s.mesh} and a load balancer that sends to the pods itself`,
            allowed: "permissive: such a load balancer is not in the mesh, so each of its requests would be refused",
            fix: "set meshMtls to permissive, or let it send to a gateway or an ingress controller in the mesh: edge gateway or ingress, with ingressNamespace and ingressPodLabels",
        },
    ];
}
