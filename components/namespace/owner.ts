import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../lib/scope";

/** The annotation by which an object says whose it is. */
export const ownerAnnotation = "justdb-cloud/owner";

/** This stack, and this component in it. */
export const owner = ({ child }: Cluster): string =>
    [pulumi.getProject(), pulumi.getStack(), child("namespace")].join("/");
