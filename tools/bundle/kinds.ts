// The kinds of objects that the cluster knows. Where a part of its API is away, kubectl lists the others, and fails.
import { ProgramError } from "../lib/exec";
import type { Target } from "../lib/target";
import type { Collection } from "./parts";

/** By the names that kubectl takes. */
export async function kinds(
    collection: Collection,
    kubectl: Target["kubectl"],
    namespaced: boolean,
): Promise<string[]> {
    let listed = "";
    await collection.attempt("kinds of objects", async () => {
        try {
            listed = await kubectl(["api-resources", "--verbs=list", `--namespaced=${namespaced}`, "-o", "name"]);
        } catch (error) {
            if (error instanceof ProgramError) listed = error.output;
            throw error;
        }
    });
    return listed.split("\n").filter(Boolean);
}
