import * as pulumi from "@pulumi/pulumi";

/** Whether a value is one that is known only when other resources exist. */
export const isLater = (value: unknown): boolean => pulumi.Output.isInstance(value) || value instanceof Promise;

/** Whether a value that is no secret is known: in a preview, of what is there already; in an update, always. */
export const isKnown = async (value: pulumi.Output<string>): Promise<boolean> =>
    (await pulumi.runtime.serializeProperty("value", value, new Set())) !== pulumi.runtime.unknownValue;
