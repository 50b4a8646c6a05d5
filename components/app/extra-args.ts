import type { core } from "@pulumi/kubernetes/types/input";

export interface AppExtraArgs {
    /**
     * Environment variables of the app beside its own, as Kubernetes has them: name, and value or valueFrom. A secret comes by valueFrom.secretKeyRef, from a Secret that exists in the namespace.
     * @default []
     * @example [{"name": "HTTPS_PROXY", "value": "http://proxy.example.com:3128"}, {"name": "LICENSE_KEY", "valueFrom": {"secretKeyRef": {"name": "justdb-license", "key": "key"}}}]
     */
    appExtraEnv?: core.v1.EnvVar[];

    /**
     * Volumes of the app's pods beside their own, as Kubernetes has them, of a kind that Pod Security's level "restricted" allows. What they name must exist in the namespace.
     * @default []
     * @example [{"name": "company", "configMap": {"name": "company-authorities"}}]
     */
    appExtraVolumes?: core.v1.Volume[];

    /**
     * Where the app has the volumes of appExtraVolumes, as Kubernetes has it: name, mountPath, readOnly, subPath.
     * @default []
     * @example [{"name": "company", "mountPath": "/etc/ssl/company", "readOnly": true}]
     */
    appExtraVolumeMounts?: core.v1.VolumeMount[];
}
