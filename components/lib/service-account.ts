import * as core from "@pulumi/kubernetes/core/v1";
import type { Cluster } from "./scope";

/** Its pods get no token of the Kubernetes API unasked. */
export const createServiceAccount = ({ child, metadata, options }: Cluster, suffix: string, name: string) =>
    new core.ServiceAccount(
        child(suffix),
        { metadata: metadata(name), automountServiceAccountToken: false },
        options(),
    );
