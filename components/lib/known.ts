import * as pulumi from "@pulumi/pulumi";

/** Whether a value that is no secret is known: in a preview, of what is there already; in an update, always. */
export const isKnown = async (value: pulumi.Output<string>): Promise<boolean> =>
    (await pulumi.runtime.serializeProperty("value", value, new Set())) !== pulumi.runtime.unknownValue;
