import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "../lib/scope";
import type { Bucket } from "./bucket";

/** A bucket that was there before: nothing of it is made, changed or deleted. Where keys exist as well, AWS is not even asked for it. */
export function existingBucket({ settings, options }: Account, name: string): Bucket {
    if (settings.storageExistingSecret !== "") {
        return {
            bucket: pulumi.output(name),
            // Nothing of IAM is made, so nobody reads it.
            arn: pulumi.output(`arn:aws:s3:::${name}`),
            region: pulumi.output(settings.storageRegion),
        };
    }
    const { bucket, arn, bucketRegion } = s3.getBucketOutput({ bucket: name }, { parent: options().parent });
    return { bucket, arn, region: bucketRegion };
}
