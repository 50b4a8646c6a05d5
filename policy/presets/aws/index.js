// The rules over AWS S3, IAM and KMS.
require("../../dist/pack").serve("aws");
