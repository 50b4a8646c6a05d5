// The AWS API of the sandbox: moto, with IAM enforced once its administrator exists.
import * as fs from "node:fs";
import * as path from "node:path";
import { alive } from "../../tools/lib/exec";
import { temporary } from "../../tools/lib/paths";
import { waitFor } from "../../tools/lib/progress";
import { pythonEnvironment } from "../../tools/programs/python";
import { nodeAddress } from "../cluster/addresses";
import { pki } from "../cluster/pki";
import { logTail, pidOf, start } from "../lib/daemons";
import { awsCredentials, newKeys, unknownKeys } from "../lib/paths";

const port = 9000;
export const awsEndpoint = `http://${nodeAddress}:${port}`;
export const awsRegion = "eu-central-1";

/** moto, in the cache. */
export const moto = pythonEnvironment("moto", "moto, the AWS API", path.join(__dirname, "requirements.txt"));

/** The calls that make the administrator; moto enforces IAM from the next one on. */
const callsBeforeIam = 3;

export interface AwsKey {
    accessKeyId: string;
    secretAccessKey: string;
}

async function makeAdministrator(): Promise<void> {
    const iam = await import("@aws-sdk/client-iam");
    const client = new iam.IAMClient({
        endpoint: awsEndpoint,
        region: awsRegion,
        credentials: { accessKeyId: "none", secretAccessKey: "none" },
    });
    const UserName = "sandbox-admin";
    await client.send(new iam.CreateUserCommand({ UserName }));
    const PolicyDocument = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    });
    await client.send(new iam.PutUserPolicyCommand({ UserName, PolicyName: "admin", PolicyDocument }));
    const made = (await client.send(new iam.CreateAccessKeyCommand({ UserName }))).AccessKey!;
    const credentials: AwsKey = { accessKeyId: made.AccessKeyId!, secretAccessKey: made.SecretAccessKey! };
    fs.writeFileSync(awsCredentials, JSON.stringify(credentials), { mode: 0o600 });
}

/** Starts the AWS API and makes its administrator, unless both are there. Returns whether it is new: what moto holds ends with it. */
export async function startAws(): Promise<boolean> {
    const isNew = !pidOf("moto");
    if (isNew) fs.rmSync(awsCredentials, { force: true });
    const env = {
        INITIAL_NO_AUTH_ACTION_COUNT: String(callsBeforeIam),
        // All but small objects lie in files: archives and backups of a night's tests would fill the machine's memory.
        MOTO_S3_DEFAULT_KEY_BUFFER_SIZE: String(64 * 1024),
        MALLOC_ARENA_MAX: "2",
        TMPDIR: temporary,
        UNKNOWN_KEYS: unknownKeys,
        NEW_KEYS: newKeys,
        SERVICE_ACCOUNT_KEY: pki("sa.pub"),
    };
    fs.mkdirSync(temporary, { recursive: true, mode: 0o700 });
    const pid = start(
        "moto",
        moto.program("python"),
        [path.join(__dirname, "server.py"), "-H", nodeAddress, "-p", String(port)],
        env,
    );
    await waitFor("moto", 60_000, async () => {
        if (!alive(pid)) throw new Error(`moto ended:\n${logTail("moto")}`);
        return (await fetch(`${awsEndpoint}/moto-api/`, { signal: AbortSignal.timeout(2000) })).status < 500;
    });
    if (!fs.existsSync(awsCredentials)) await makeAdministrator();
    return isNew;
}

/** The administrator's key. Fails when the sandbox is not up. */
export function administrator(): AwsKey {
    return JSON.parse(fs.readFileSync(awsCredentials, "utf8")) as AwsKey;
}
