// The running app, reached through its Service's address.
import assert from "node:assert/strict";
import { secretValue, signToken, waitFor } from "../../sandbox";
import { get, namespace } from "./cluster";
import { request, type Outcome } from "./http";

export interface Applied {
    id: number;
    schemaUrl: string;
    checksum: string;
}

export const shop = { tables: [{ name: "orders", columns: [{ name: "id", type: "BIGINT", primaryKey: true }] }] };

export async function serviceUrl(from = namespace): Promise<string> {
    return `http://${(await get("service", "justdb-cloud", from)).spec.clusterIP as string}`;
}

/** Headers with a good token. */
export async function authorized(from = namespace): Promise<Record<string, string>> {
    const token = signToken(await secretValue(from, "justdb-secrets", "jwt-secret"), "test");
    return { authorization: `Bearer ${token}`, "content-type": "application/json" };
}

/** Calls the app with a good token. */
export async function call(method: string, path: string, body?: unknown, from = namespace): Promise<Outcome> {
    return request(
        method,
        `${await serviceUrl(from)}${path}`,
        await authorized(from),
        body === undefined ? undefined : JSON.stringify(body),
    );
}

/** Waits until the app answers through its Service, which learns a moment later than its pods that they are Ready. */
export async function serves(from = namespace): Promise<void> {
    const url = `${await serviceUrl(from)}/health/ready`;
    await waitFor("the app to answer through its Service", 60_000, async () => {
        const { status, error } = await request("GET", url);
        return status === 200 || (error ?? `status ${status}`);
    });
}

/** Applies the schema of a shop under a version. */
export function apply(environment: string, version: string, from = namespace): Promise<Outcome> {
    return call("POST", "/api/v1/schemas/apply", { environment, name: "shop", version, schema: shop }, from);
}

/** What the app serves of each version of a schema, apart from the name of the bucket. */
export async function served(
    environment: string,
    versions: string[],
    bucket: string,
    from = namespace,
): Promise<string[]> {
    const answers = [];
    for (const version of versions) {
        const { status, body } = await call("GET", `/api/v1/schemas/${environment}/shop/${version}`, undefined, from);
        assert.equal(status, 200, body);
        answers.push(body.replaceAll(`s3://${bucket}/`, "s3://bucket/"));
    }
    return answers;
}
