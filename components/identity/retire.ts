import type { Scripts } from "../backup/scripts";
import type { FormerSecret } from "../generations/former";
import { ofGeneration } from "../lib/generation";
import { later, type Scope, type Waited } from "../lib/scope";
import { retireFormer } from "./access-key";
import type { Credentials } from "./credentials";
import { createUnused } from "./unused";
import { usesKeys } from "./ways";

/** What runs with credentials. Ready when it does so with the newest. */
export interface UsesCredentials extends Waited {
    credentials: Credentials[];
}

/**
 * The end of a rotation: the former keys are refused once all that runs uses the current ones, and what had begun with a former one has
 * ended. Where there are no keys any more, as an update changed to roles, it waits all the same: their keys are deleted at its end.
 * Passwords are waited for alike. Ready when nothing uses a former one.
 */
export function retireKeys(
    { settings, cluster, account }: Scope,
    scripts: Scripts,
    users: UsesCredentials[],
    passwords: FormerSecret[],
): Waited {
    const holders = users.flatMap(({ credentials }) => credentials.map(({ holder }) => holder));
    const former = usesKeys(settings) ? holders.filter(({ generation }) => generation > 1) : holders;
    if (former.length + passwords.length === 0) return { ready: [] };
    const keys = former.map(({ secretName, generation }) => ({
        secretName,
        current: usesKeys(settings) ? ofGeneration(secretName, generation) : "",
    }));
    const unused = createUnused(later(cluster, ...users), [...keys, ...passwords], scripts);
    if (usesKeys(settings)) former.forEach((holder) => retireFormer(later(account, unused), holder));
    return unused;
}
