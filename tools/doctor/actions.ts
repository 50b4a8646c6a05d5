// What whoever runs an update must be allowed in AWS, by what a stack makes there: the calls by which the provider makes, reads and changes it.
const allowed = (service: string, ...calls: string[]) => calls.map((call) => `${service}:${call}`);
/** A setting of a bucket. */
const setting = (name: string) => allowed("s3", `Put${name}`, `Get${name}`);

/** By the type of a resource. */
export const actions: Record<string, string[]> = {
    "aws:s3/bucket:Bucket": allowed("s3", "CreateBucket", "ListBucket", "GetBucketTagging", "PutBucketTagging"),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting("BucketOwnershipControls"),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting("BucketPublicAccessBlock"),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
        setting("EncryptionConfiguration"),
    "aws:s3/bucketVersioning:BucketVersioning": setting("BucketVersioning"),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting("LifecycleConfiguration"),
    "aws:s3/bucketPolicy:BucketPolicy": setting("BucketPolicy"),
    "aws:kms/key:Key": allowed(
        "kms",
        ...["CreateKey", "DescribeKey", "EnableKeyRotation", "GetKeyPolicy", "GetKeyRotationStatus"],
        ...["ListResourceTags", "TagResource"],
    ),
    "aws:kms/alias:Alias": allowed("kms", "CreateAlias", "ListAliases"),
    "aws:iam/user:User": allowed(
        "iam",
        ...["CreateUser", "GetUser", "UpdateUser", "DeleteUser"],
        // It goes with all that may be its own.
        ...["ListGroupsForUser", "ListSSHPublicKeys", "ListMFADevices", "ListSigningCertificates"],
        ...["ListServiceSpecificCredentials", "DeleteLoginProfile"],
    ),
    "aws:iam/userPolicy:UserPolicy": allowed("iam", "PutUserPolicy", "GetUserPolicy", "DeleteUserPolicy"),
    "aws:iam/accessKey:AccessKey": allowed(
        "iam",
        ...["CreateAccessKey", "ListAccessKeys", "UpdateAccessKey", "DeleteAccessKey"],
    ),
    "aws:iam/role:Role": allowed(
        "iam",
        ...["CreateRole", "GetRole", "UpdateAssumeRolePolicy", "DeleteRole"],
        ...["ListRolePolicies", "ListAttachedRolePolicies", "ListInstanceProfilesForRole"],
    ),
    "aws:iam/rolePolicy:RolePolicy": allowed("iam", "PutRolePolicy", "GetRolePolicy", "DeleteRolePolicy"),
    // Of the role that it hands to EKS.
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": allowed("iam", "PassRole"),
};
