// An update of the stack to the next version of the app, with a change of the database before it.
import assert from "node:assert/strict";
import { sandboxStack, versions, withStack } from "../../sandbox";
import { apply, authorized, serviceUrl } from "./app";
import { get, podsReady } from "./cluster";
import { liquibase } from "./migrations";
import { type Request, streamWhile } from "./stream";

export const [image, next] = versions.images.app as [string, string];

/** The app's image that runs. */
export const running = async () =>
    (await get("deployment", "justdb-cloud")).spec.template.spec.containers[0].image as string;

/** Takes the last change of the database back, so that the update has one to make. */
export const takeBackLastChange = () => liquibase("rollback-count", "1");

/** Brings the stack up with the next version of the app. The same image under another name is another Job. */
export async function up(): Promise<string> {
    const migrationsImage = versions.images.liquibase.replace("docker.io/", "");
    let output = "";
    const onOutput = (text: string) => (output += text);
    await withStack(
        sandboxStack,
        (stack) =>
            stack.up({ onOutput }).catch((error: Error) => {
                throw new Error(`${output}\n${error.message}`);
            }),
        { config: { "justdb-cloud:appImage": next, "justdb-cloud:migrationsImage": migrationsImage } },
    );
    return output;
}

/** Brings the stack back to what it was, its app included. */
export async function back(): Promise<void> {
    await withStack(sandboxStack, async (stack) => void (await stack.up()));
    await podsReady("app=justdb-cloud", 2);
}

/** A schema, applied now, and the request that reads it. */
export async function aSchema(): Promise<Request> {
    const version = String(Date.now());
    assert.equal((await apply("migrations", version)).status, 200);
    const url = `${await serviceUrl()}/api/v1/schemas/migrations/shop/${version}`;
    return { method: "GET", url, headers: await authorized() };
}

/** The update fails, and all the while the old app serves. Returns what the engine said. */
export async function upFails(expected: RegExp): Promise<string> {
    const schema = await aSchema();
    let message = "";
    const outcomes = await streamWhile(
        () => schema,
        () =>
            up().then(
                () => assert.fail("the update went through"),
                (error: Error) => void (message = error.message),
            ),
    );
    assert.match(message, expected);
    assert.deepEqual([...new Set(outcomes.map((outcome) => outcome.status))], [200]);
    assert.equal(await running(), image);
    await aSchema();
    return message;
}
