import { purposes, suffixOf } from "../database/roles";
import { generations, ofGeneration } from "../lib/generation";
import type { Resolved } from "../parts";
import { names, secretNameOf } from "../secrets/names";

/** A credential whose former generations nobody may use any more before they are shut out. */
export interface FormerSecret {
    /** Name of the first generation's Secret, to which later ones add their number; with a slash, and the key in a Secret that several share. */
    secretName: string;
    /** Name of the one in use; empty where there is none any more. */
    current: string;
}

/** Those of passwords: of the first generation, some are in a Secret with others. Pure. */
export function formerPasswords(s: Resolved): FormerSecret[] {
    const of = (generation: number, suffixes: string[], shared: string) =>
        generations(generation).former === undefined
            ? []
            : [
                  ...suffixes
                      .map(secretNameOf)
                      .map((secretName) => ({ secretName, current: ofGeneration(secretName, generation) })),
                  { secretName: `${names.shared}/${shared}`, current: "" },
              ];
    return [
        ...of(s.postgresPasswordGeneration, purposes.map(suffixOf), "db-password"),
        ...of(s.redisPasswordGeneration, ["redis-password"], "redis-password"),
    ];
}
