// `make token`: a Bearer token for the running app, signed with the stack's own generated secret.
import { createHmac } from "node:crypto";
import { say } from "../../tools/lib/progress";
import { secretValue } from "../cluster/kubectl";
import { sandboxNamespace } from "../stack-file";

const base64Url = (value: string | Buffer) => Buffer.from(value).toString("base64url");

/** A JWT (HS256) that is good for `seconds`. */
export function signToken(secret: string, subject: string, seconds = 3600): string {
    const now = Math.floor(Date.now() / 1000);
    const header = base64Url(JSON.stringify({ alg: "HS256", typ: "JWT" }));
    const claims = base64Url(JSON.stringify({ sub: subject, iat: now, exp: now + seconds }));
    const signature = createHmac("sha256", secret).update(`${header}.${claims}`).digest();
    return `${header}.${claims}.${base64Url(signature)}`;
}

export async function token(): Promise<void> {
    say(signToken(await secretValue(sandboxNamespace, "justdb-secrets", "jwt-secret"), "operator"));
}
