import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { ofGeneration } from "../lib/generation";
import type { Cluster } from "../lib/scope";

/**
 * A password of one generation, of letters and digits only: safe in a URL, in YAML and in an ACL of Redis. The one in use is kept; the one
 * before it stays until all use the new one, and may then go.
 */
export function generate(
    { child, stateful, options }: Cluster,
    { suffix, length }: { suffix: string; length: number },
    generation: number,
    isInUse: boolean,
) {
    const password = new RandomPassword(
        child(ofGeneration(suffix, generation)),
        { length, special: false },
        isInUse ? stateful() : options(),
    );
    return { password, value: pulumi.secret(password.result) };
}
