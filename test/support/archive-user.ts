// What a protected stack leaves in IAM, for its database to go on archiving. The sandbox would give it to the next stack of the same name.
import {
    DeleteAccessKeyCommand,
    DeleteUserCommand,
    DeleteUserPolicyCommand,
    GetAccessKeyLastUsedCommand,
    IAMClient,
    ListAccessKeysCommand,
    ListUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import { names } from "../../components/lib/names";
import { secretValue } from "../../sandbox";
import { clientSettings } from "./aws";

/** Removes the user by whose key a namespace's database archives, as docs/operations.md says. */
export async function removeArchiveUser(namespace: string): Promise<void> {
    const iam = new IAMClient(clientSettings());
    const own = await secretValue(namespace, names.archive, "aws-access-key-id");
    const { UserName } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: own }));
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName }));
    for (const { AccessKeyId } of AccessKeyMetadata!) {
        await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    }
    for (const PolicyName of (await iam.send(new ListUserPoliciesCommand({ UserName }))).PolicyNames!) {
        await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
    }
    await iam.send(new DeleteUserCommand({ UserName }));
}
