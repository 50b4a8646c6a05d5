// The users of IAM that a stack makes for its keys.
import {
    DeleteAccessKeyCommand,
    DeleteUserCommand,
    DeleteUserPolicyCommand,
    GetAccessKeyLastUsedCommand,
    GetUserPolicyCommand,
    IAMClient,
    ListAccessKeysCommand,
    ListUserPoliciesCommand,
    PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { names as archive } from "../../components/archive/names";
import { secretValue } from "../../sandbox";
import { clientSettings } from "./aws";

const iam = new IAMClient(clientSettings());

export const keyIdIn = (namespace: string, secret: string) => secretValue(namespace, secret, "aws-access-key-id");

/** The user that a key is of. Fails where the key is no more. */
export async function userOf(AccessKeyId: string): Promise<string> {
    return (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))).UserName!;
}

/** The user whose key is in a Secret of a namespace. */
export const userOfSecret = async (namespace: string, secret: string) => userOf(await keyIdIn(namespace, secret));

/** Gives a user a policy beside its own, and returns what takes it away. */
export async function grant(
    UserName: string,
    PolicyName: string,
    Statement: object[],
): Promise<() => Promise<unknown>> {
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
    return () => iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
}

/** Takes all rights of a user away, and returns what gives them back. */
export async function withdraw(UserName: string): Promise<() => Promise<unknown>> {
    const { PolicyNames } = await iam.send(new ListUserPoliciesCommand({ UserName }));
    const policies = await Promise.all(
        PolicyNames!.map((PolicyName) => iam.send(new GetUserPolicyCommand({ UserName, PolicyName }))),
    );
    for (const PolicyName of PolicyNames!) await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
    return async () => {
        for (const { PolicyName, PolicyDocument } of policies) {
            const document = decodeURIComponent(PolicyDocument!);
            await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: document }));
        }
    };
}

/**
 * Removes the user by whose key a namespace's database archives, as docs/operations.md says. A protected stack leaves it, for its
 * database to go on archiving, and the sandbox would give it to the next stack of the same name.
 */
export async function removeArchiveUser(namespace: string): Promise<void> {
    await removeUser(await userOfSecret(namespace, archive.archive));
}

export async function removeUser(UserName: string): Promise<void> {
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName }));
    for (const { AccessKeyId } of AccessKeyMetadata!) {
        await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    }
    await withdraw(UserName);
    await iam.send(new DeleteUserCommand({ UserName }));
}
