import { containerSecurity, podSecurity } from "../../components/lib/pod";
import { versions } from "../../sandbox";

/** A pod to connect from: in the stack's namespace in the place of a Job's, which itself is over too soon. */
export const probePod = (name: string, inNamespace: string, labels: Record<string, string>) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: inNamespace, labels },
    spec: {
        terminationGracePeriodSeconds: 0,
        automountServiceAccountToken: false,
        securityContext: podSecurity(26),
        containers: [
            {
                name: "probe",
                image: versions.images.postgres,
                command: ["sleep", "infinity"],
                securityContext: containerSecurity,
                resources: { requests: { cpu: "1m", memory: "16Mi" }, limits: { cpu: "500m", memory: "64Mi" } },
            },
        ],
    },
});
