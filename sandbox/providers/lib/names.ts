// Names for resources whose program gives none: the resource's own name and some hexadecimal digits.
import { createHash } from "node:crypto";

export interface NameRequest {
    urn: string;
    name: string;
    randomSeed: Uint8Array;
}

/**
 * The digits come from the URN, not from chance: when the engine dies between the creation and the state, the next
 * update asks for the same name, finds its own resource and goes on. A replacement lives beside its predecessor for a
 * while, so it gets digits from the engine's random seed.
 */
export class AutoNames {
    private readonly inState = new Set<string>();

    /** To be told of each URN for which the engine sends a state: a name asked for later is for its replacement. */
    noteState(urn: string): void {
        this.inState.add(urn);
    }

    make(request: NameRequest, digits: number, separator = "-"): string {
        const hash = createHash("sha256").update(request.urn);
        if (this.inState.has(request.urn)) hash.update(request.randomSeed);
        return `${request.name}${separator}${hash.digest("hex").slice(0, digits)}`;
    }
}
