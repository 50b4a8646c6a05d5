import * as pulumi from "@pulumi/pulumi";

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Content of a Secret, as Kubernetes keeps it. Texts given as its stringData would be data in the cluster and in the state, but not in a preview. */
export const secretData = (texts: Record<string, pulumi.Input<string>>): Record<string, pulumi.Output<string>> =>
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pulumi.output(text).apply(base64)]));
