import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** Stands on a pod template, so that pods are replaced when their configuration changes. */
export const checksum = (content: string) => createHash("sha256").update(content).digest("hex").slice(0, 16);

/**
 * The same for secrets. One hash over all of a workload's secrets together gives none of them away, and as a secret Output
 * it is encrypted in the state.
 */
export const secretChecksum = (secrets: pulumi.Input<string>[]): pulumi.Output<string> =>
    pulumi.secret(pulumi.all(secrets)).apply((values) => checksum(JSON.stringify(values)));
