import * as core from "@pulumi/kubernetes/core/v1";
import type { Cluster } from "./scope";

/** Its pods call no Kubernetes API. */
export const createServiceAccount = ({ child, metadata, options }: Cluster, suffix: string, name: string) =>
    new core.ServiceAccount(
        child(suffix),
        { metadata: metadata(name), automountServiceAccountToken: false },
        options(),
    );
