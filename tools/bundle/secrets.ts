// Which values have to be taken out of a bundle. They are read for this alone, and kept in memory only.
import { type SecretObject, secretsInObjects, withoutOpen } from "../lib/secret-values";
import type { Target } from "../lib/target";
import { readState, secretsOfState, type State } from "./stack";

export interface Known {
    values: string[];
    /** What is no secret, although it may stand where one would. */
    open: string[];
    /** What is known of where they come from, and what could not be read. */
    sources: string[];
    missing: string[];
    state?: State;
    objects: SecretObject[];
}

const firstLine = (error: Error) => error.message.trim().split("\n").slice(0, 3).join(" ");

/** Never fails: what cannot be read is told. */
export async function knownSecrets(target: Target): Promise<Known> {
    const known: Known = { values: [], open: [], sources: [], missing: [], objects: [] };
    const learn = (values: string[], from: string) => {
        known.values.push(...values);
        known.sources.push(`${from}: ${values.length} values`);
    };
    const attempt = async (what: string, work: () => Promise<void>) => {
        await work().catch((error: Error) => known.missing.push(`${what} could not be read: ${firstLine(error)}`));
    };
    await Promise.all([
        attempt("The state of the stack", async () => {
            known.state = await readState(target);
            learn(secretsOfState(known.state, target), "the stack's state and settings");
        }),
        attempt("The Secrets of the namespace", async () => {
            const found = await target.kubectl(["-n", target.namespace, "get", "secrets", "-o", "json"]);
            known.objects = (JSON.parse(found) as { items: SecretObject[] }).items;
            const { values, open, tooShort } = secretsInObjects(known.objects);
            learn(values, "the namespace's Secrets");
            known.open = open;
            if (tooShort.length > 0)
                known.missing.push(`Too short to be told from words, so they may stand in it: ${tooShort.join(", ")}`);
        }),
    ]);
    return { ...known, values: withoutOpen(known.values, known.open) };
}
