import type { core } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";

/** A variable of a container, with the value that a key of a Secret has when the container starts. */
export const secretVariable = (
    name: string,
    { name: secret, key }: { name: pulumi.Input<string>; key: string },
): core.v1.EnvVar => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } });
