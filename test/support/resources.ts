// What a program plans, by mocks or by the real engine, and how tests look into it.

export interface Resource {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
}

export class Resources<R extends Resource = Resource> {
    constructor(public readonly resources: R[]) {}

    all(type: string): R[] {
        return this.resources.filter((resource) => resource.type === type);
    }

    names(): string[] {
        return this.resources.map((resource) => resource.name).sort();
    }

    has(name: string): boolean {
        return this.names().includes(name);
    }

    /** The one resource of a name. */
    get(name: string): R {
        const found = this.resources.filter((resource) => resource.name === name);
        if (found.length !== 1) {
            throw new Error(`${found.length} resources are named ${name}; there are: ${this.names().join(", ")}`);
        }
        return found[0]!;
    }

    /** The value at a path of a resource's inputs: plan.at("justdb-deployment", "spec.replicas"). */
    at(name: string, path: string): unknown {
        return at(this.get(name).inputs, path);
    }
}

/** The value at a path such as "spec.ports.0.port". A key that contains dots is written in brackets: "data[application.yml]". */
export function at(value: unknown, path: string): unknown {
    const keys = [...path.matchAll(/\[([^\]]+)\]|([^.[\]]+)/g)].map(([, bracketed, bare]) => bracketed ?? bare!);
    return keys.reduce<unknown>((current, key) => (current as Record<string, unknown> | undefined)?.[key], value);
}
