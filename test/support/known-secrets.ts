// The secrets of the stack, for tests that look for them where they must not be.
import assert from "node:assert/strict";
import { list } from "./cluster";

/** Generated values, by Secret and key. */
export async function knownSecrets(): Promise<Map<string, string>> {
    const values = new Map<string, string>();
    for (const { metadata, data } of await list("secrets")) {
        for (const [key, value] of Object.entries(data ?? {})) {
            if (!/password|secret|pgpass|uri|redis.conf|seal-key/i.test(key)) continue;
            values.set(`${metadata.name}/${key}`, Buffer.from(value, "base64").toString());
        }
    }
    assert.ok(values.size >= 5, `only ${[...values.keys()].join(", ")}`);
    return values;
}
