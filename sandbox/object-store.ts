// A store that speaks S3 and is not AWS: versitygw, which keeps objects in files. It has no IAM, no KMS, and a certificate of a private
// authority. A test starts it; `make down` ends it.
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { alive, run } from "../tools/lib/exec";
import { runDir } from "../tools/lib/paths";
import { waitFor } from "../tools/lib/progress";
import { ensureGo, goBinary } from "../tools/programs/go/build";
import type { AwsKey } from "./aws/moto";
import { nodeAddress } from "./cluster/addresses";
import { end, logTail, start } from "./lib/daemons";

const name = "versitygw";
const port = 9443;
const dir = path.join(runDir, "object-store");
const inDir = (file: string) => path.join(dir, file);

/** The folder of a bucket. Its files are the bucket's objects, also those that came by another way than S3. */
export const bucketFolder = (bucket: string) => path.join(inDir("buckets"), bucket);

/** What its certificate is for. */
export const objectStoreAddress = nodeAddress;
export const objectStoreRegion = "us-east-1";

export interface ObjectStore {
    endpoint: string;
    /** May do all. */
    root: AwsKey;
    /** Owns no bucket: it may do what the policy of a bucket lets it. */
    user: AwsKey;
}

const newKey = (accessKeyId: string): AwsKey => ({
    accessKeyId,
    secretAccessKey: randomBytes(24).toString("base64url"),
});

/** Brings up an empty one, with versions of objects. It is compiled once, in some 6 minutes. */
export async function startObjectStore(tls: {
    authority: string;
    certificate: string;
    key: string;
}): Promise<ObjectStore> {
    await ensureGo([name]);
    await stopObjectStore();
    for (const folder of ["buckets", "versions", "users", "metadata"])
        fs.mkdirSync(inDir(folder), { recursive: true, mode: 0o700 });
    fs.writeFileSync(inDir("authority.crt"), tls.authority);
    fs.writeFileSync(inDir("tls.crt"), tls.certificate);
    fs.writeFileSync(inDir("tls.key"), tls.key, { mode: 0o600 });
    const endpoint = `https://${objectStoreAddress}:${port}`;
    const root = newKey("root");
    const user = newKey("justdb");
    const listen = ["--port", `${objectStoreAddress}:${port}`, "--cert", inDir("tls.crt"), "--key", inDir("tls.key")];
    const options = [...listen, "--region", objectStoreRegion, "--iam-dir", inDir("users"), "--health", "/health"];
    const backend = ["posix", "--versioning-dir", inDir("versions"), "--sidecar", inDir("metadata"), inDir("buckets")];
    const pid = start(name, goBinary(name), [...options, ...backend], {
        ROOT_ACCESS_KEY_ID: root.accessKeyId,
        ROOT_SECRET_ACCESS_KEY: root.secretAccessKey,
    });
    const admin = (...args: string[]) =>
        run(goBinary(name), ["admin", ...args], {
            env: {
                ADMIN_ACCESS_KEY_ID: root.accessKeyId,
                ADMIN_SECRET_ACCESS_KEY: root.secretAccessKey,
                ADMIN_REGION: objectStoreRegion,
                ADMIN_ENDPOINT_URL: endpoint,
                SSL_CERT_FILE: inDir("authority.crt"),
            },
        });
    await waitFor(name, 30_000, async () => {
        if (!alive(pid)) throw new Error(`${name} ended:\n${logTail(name)}`);
        await admin("list-users");
        return true;
    });
    await admin("create-user", "--access", user.accessKeyId, "--secret", user.secretAccessKey, "--role", "user");
    return { endpoint, root, user };
}

/** Ends it, with all that it holds. */
export async function stopObjectStore(): Promise<void> {
    await end(name);
    fs.rmSync(dir, { recursive: true, force: true });
}
