// What the engine knows: the resources by name and type, what an update has left unfinished, and the settings.
import { dump } from "js-yaml";
import { secretText } from "../lib/scrub";
import { type Deployment, secretsIn } from "../lib/secret-values";
import { pulumi, type Target } from "../lib/target";
import type { Files } from "./parts";

interface Resource {
    urn: string;
    type: string;
    protect?: boolean;
    delete?: boolean;
}

export interface State extends Deployment {
    resources?: Resource[];
    pending_operations?: { type: string; resource: Resource }[];
}

/** The state with its secrets, for no other eyes than those of `secretsIn`. Fails when it cannot be had. */
export async function readState(target: Target): Promise<State> {
    if (target.unread) throw new Error(target.unread);
    const exported = JSON.parse(await pulumi(target, ["stack", "export", "--show-secrets"])) as { deployment?: State };
    return exported.deployment ?? {};
}

export const secretsOfState = (state: State, { settings }: Target) => secretsIn(state, settings);

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);

function line({ urn, type, protect, delete: leaves }: Resource): string {
    const marks = [protect ? "protected" : "", leaves ? "still to be deleted" : ""].filter(Boolean);
    return [type, nameOf(urn), ...marks].join("  ");
}

export function stateFiles({ resources = [], pending_operations: pending = [] }: State): Files {
    const unfinished = pending.map(({ type, resource }) => `${type}  ${line(resource)}`);
    return {
        "stack/resources.txt": resources.map(line).join("\n"),
        ...(unfinished.length > 0 ? { "stack/pending-operations.txt": unfinished.join("\n") } : {}),
    };
}

export const settingsFile = ({ settings }: Target) =>
    dump(Object.fromEntries(Object.entries(settings).map(([key, one]) => [key, one.secret ? secretText : one.value])));
