// Buckets with their companions, as a stack rule sees them.
import { type Given, type Props, unknown, urnOf } from "./judge";

export type BucketKind = "Bucket" | "BucketV2";

const token = (kind: string) => `aws:s3/${kind[0]!.toLowerCase()}${kind.slice(1)}:${kind}`;

/** A bucket; a setting in `props` is the program's own. */
export const bucket = (props: Props = {}, kind: BucketKind = "Bucket", name = "files"): Given => ({
    type: token(kind),
    name,
    props: { bucket: `${name}-1a2b3c`, arn: `arn:aws:s3:::${name}-1a2b3c`, ...props },
    dependencies: Object.fromEntries(Object.keys(props).map((key) => [key, []])),
    inputs: Object.keys(props),
});

/** The same of aws-native, which has all settings itself. */
export const nativeBucket = (props: Props = {}, name = "files"): Given => ({
    ...bucket(props, "Bucket", name),
    type: "aws-native:s3:Bucket",
    props: { bucketName: `${name}-1a2b3c`, arn: `arn:aws:s3:::${name}-1a2b3c`, ...props },
});

/** A companion of the bucket that names it, such as `BucketVersioning`. */
export const companion = (of: Given, kind: string, props: Props = {}): Given => ({
    type: token(kind),
    name: `${of.name}-${kind}`,
    props: { bucket: of.props.bucket, ...props },
});

/** The same in a preview, where the bucket's name is not known yet. */
export const plannedCompanion = (of: Given, kind: string, props: Props = {}): Given => ({
    ...companion(of, kind, props),
    props: { ...props, bucket: unknown },
    dependencies: { bucket: [urnOf(of)] },
});
