// The running app, reached through its Service's address.
import { get } from "./cluster";
import { secretValue, signToken } from "../../sandbox/token";
import { namespace } from "./cluster";

export async function serviceUrl(): Promise<string> {
    return `http://${(await get("service", "justdb-cloud")).spec.clusterIP as string}`;
}

export async function token(): Promise<string> {
    return signToken(await secretValue(namespace, "justdb-secrets", "jwt-secret"), "test");
}

export interface Applied {
    id: number;
    schemaUrl: string;
    checksum: string;
}

export const shop = { tables: [{ name: "orders", columns: [{ name: "id", type: "BIGINT", primaryKey: true }] }] };

/** A client of the app with a good token. */
export async function client(): Promise<(method: string, path: string, body?: unknown) => Promise<Response>> {
    const base = await serviceUrl();
    const authorization = `Bearer ${await token()}`;
    return (method, path, body) =>
        fetch(`${base}${path}`, {
            method,
            headers: { authorization, "content-type": "application/json" },
            body: body === undefined ? undefined : JSON.stringify(body),
            signal: AbortSignal.timeout(10_000),
        });
}
