import type { core } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import { usesRoles } from "../identity/ways";
import type { Resolved } from "../parts";
import { checksumVariables } from "./checksums";

/** By which a script knows where S3 is. With a role the variable must not be that of all services: STS is elsewhere. Pure. */
export const storageVariables = (s: Resolved, region: pulumi.Input<string>): core.v1.EnvVar[] => [
    { name: "AWS_DEFAULT_REGION", value: region },
    ...(s.storageEndpoint === ""
        ? []
        : [{ name: usesRoles(s) ? "AWS_ENDPOINT_URL_S3" : "AWS_ENDPOINT_URL", value: s.storageEndpoint }]),
    ...checksumVariables(s.storageEndpoint),
];
