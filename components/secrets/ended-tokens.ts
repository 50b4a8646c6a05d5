import * as pulumi from "@pulumi/pulumi";
import type { RandomPassword } from "@pulumi/random/randomPassword";
import { isKnown } from "../lib/known";

/**
 * The app knows one key, so another one ends every token. Says so in the preview of an update that makes one while the former is there:
 * that of a new stack ends none.
 */
export async function warnOfEndedTokens(inUse?: RandomPassword, former?: RandomPassword): Promise<void> {
    if (!inUse || !former || !pulumi.runtime.isDryRun()) return;
    if ((await isKnown(inUse.id)) || !(await isKnown(former.id))) return;
    void pulumi.log.warn(
        "jwtSecretGeneration was raised: this update ends every token of the API at once. Clients must get a new one, and until the " +
            "last pod is replaced some pods refuse the tokens of the others. See docs/runbooks/rotate.md.",
        inUse,
    );
}
