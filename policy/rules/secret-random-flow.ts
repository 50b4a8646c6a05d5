import type { Field } from "../lib/field";
import { fromBase64, readable } from "../lib/secrets/entropy";
import { Finder } from "../lib/secrets/finder";
import { fieldAt, type Leaf, leavesOfField } from "../lib/secrets/leaves";
import type { StackResource } from "../lib/resource";
import type { StackJudge, StackRule } from "../lib/rule";
import { isSecretObject } from "../lib/secrets/flow";
import { secretNoun } from "../lib/secrets/key";
import type { PlacedObject, Stack } from "../lib/stack";
import { isWeakRandom, results } from "../lib/secrets/weak-random";

const minLength = 4;

/** The known results of the weak generators, with the resources of each. */
function weakResults(stack: Stack): Map<string, StackResource[]> {
    const found = new Map<string, StackResource[]>();
    for (const resource of stack.resources.filter(isWeakRandom))
        for (const output of results) {
            const field = resource.fields.at(output);
            const value = field.unknown ? undefined : field.scalar;
            if (value === undefined) continue;
            found.set(value, [...(found.get(value) ?? []), resource]);
        }
    return found;
}

const told = "makes a part of a Secret, but its result is kept in plain; use RandomPassword or RandomBytes";

class Check {
    private readonly found = new Set<StackResource>();
    private readonly known: Map<string, StackResource[]>;
    private readonly finder: Finder;

    constructor(
        private readonly stack: Stack,
        private readonly judge: StackJudge,
    ) {
        this.known = weakResults(stack);
        this.finder = new Finder(minLength, this.known.keys());
    }

    private wrong(resource: StackResource): void {
        if (this.found.has(resource)) return;
        this.found.add(resource);
        this.judge.wrong(resource, undefined, told);
    }

    inSecret({ resource, object }: PlacedObject): void {
        const from = [
            ...(resource.propertyDependencies.data ?? []),
            ...(resource.propertyDependencies.stringData ?? []),
        ];
        const sources = from.flatMap((urn) => this.stack.find(urn) ?? []);
        for (const name of ["data", "stringData"]) {
            const map = object.fields.at(name);
            for (const leaf of map.unknown ? [] : leavesOfField(map))
                if (secretNoun(leaf.key) !== undefined) this.inLeaf(map, leaf, name === "data", sources);
        }
    }

    private inLeaf(map: Field, leaf: Leaf, base64: boolean, sources: StackResource[]): void {
        if (!leaf.unknown) {
            const text = plain(String(leaf.value), base64);
            for (const value of this.finder.allIn(text))
                for (const source of this.known.get(value)!) this.wrong(source);
        } else if (sources.some(isWeakRandom)) {
            if (sources.every(isWeakRandom)) for (const source of sources) this.wrong(source);
            else this.judge.part(() => void fieldAt(map, leaf.path).value);
        }
    }
}

function plain(value: string, base64: boolean): string {
    const bytes = base64 ? fromBase64(value) : undefined;
    return (bytes && readable(bytes)) ?? value;
}

export const secretRandomFlow: StackRule = {
    name: "secret-random-flow",
    description:
        "No password, token or key in a Secret comes from RandomString, RandomId, RandomPet, RandomUuid or RandomInteger.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation: "Use RandomPassword or RandomBytes, whose results are marked as secrets.",
    checkStack: (stack, judge) => {
        if (!stack.resources.some(isWeakRandom)) return;
        const check = new Check(stack, judge);
        for (const placed of stack.objects) if (isSecretObject(placed.object)) judge.part(() => check.inSecret(placed));
    },
};
