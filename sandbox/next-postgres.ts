// What only the test of a major upgrade needs.
import { ensureImage } from "./build";
import { importImage } from "./cluster/node";
import { nextPostgresImage } from "./images/recipes/postgres";
import { versions } from "./versions";

/** Brings the image of a newer PostgreSQL to the node, and returns its name. Made once, in some four minutes. */
export async function loadNextPostgres(): Promise<string> {
    const name = versions.next.postgres;
    await importImage(await ensureImage(nextPostgresImage(name)));
    return name;
}
