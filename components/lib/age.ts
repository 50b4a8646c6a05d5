import type * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";

/** When a credential was made. */
export interface Age {
    /** The credential, in words of the stack: postgres-login, for example. */
    name: string;
    /** In RFC 3339. */
    created: pulumi.Output<string>;
}

/** A generation has a Secret of its own, so it is as old as that. */
export const ageOf = (name: string, secret: core.Secret): Age => ({
    name,
    created: secret.metadata.creationTimestamp,
});
