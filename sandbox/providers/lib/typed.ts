// A provider made of a table: one definition a resource type, and everything that is the same for all of them here.
import { isDeepStrictEqual } from "node:util";
import { diff } from "./diff";
import type { Host } from "./host";
import { AutoNames } from "./names";
import {
    Answer,
    CheckFailure,
    CheckRequest,
    CheckResult,
    CreateRequest,
    CreateResult,
    DeleteRequest,
    DiffRequest,
    DiffResult,
    Provider,
    ReadRequest,
    ReadResult,
    ResourceRequest,
    UpdateRequest,
} from "./provider";
import { prune } from "./prune";
import {
    type Values,
    compact,
    hasUnknown,
    isObject,
    mapValues,
    markSecrets,
    plainObject,
    secret,
    unknown,
} from "./values";

export interface Context<Client> {
    client: Client;
    host: Host;
    urn: string;
    /** The ids under which the engine knows this resource already: in a replacement, its predecessor's. */
    knownIds: ReadonlySet<string>;
}

export interface Live {
    id: string;
    outputs: Values;
}

export interface Definition<Client> {
    /** Outputs that are known only after creation. */
    computed: string[];
    /** Outputs that are secret whatever the inputs are. */
    secrets?: string[];
    /** Inputs whose change replaces the resource. */
    replaceOn: "any" | string[];
    defaults?: Values;
    /** Inputs that hold JSON text: compared by meaning. */
    json?: string[];
    /** The input that names the resource: made up when the program gives none. */
    named?: { property: string; digits: number; prefix?: string };
    validate?(inputs: Values): CheckFailure[];
    /** Those computed outputs that follow from the inputs alone: a preview shows them. */
    foresee?(inputs: Values, client: Client): Values;
    create(inputs: Values, context: Context<Client>): Answer<Live>;
    /** Inputs are the new ones; absent when every change replaces. */
    update?(id: string, inputs: Values, state: Values, context: Context<Client>): Answer<Values>;
    read(id: string, state: Values, context: Context<Client>): Answer<Live | undefined>;
    delete(id: string, state: Values, context: Context<Client>): Answer<void>;
}

function sameJson(a: unknown, b: unknown): boolean {
    try {
        return isDeepStrictEqual(JSON.parse(String(a)), JSON.parse(String(b)));
    } catch {
        return a === b;
    }
}

export class TypedProvider<Client> implements Provider {
    private readonly names = new AutoNames();
    private readonly knownIds = new Map<string, Set<string>>();

    constructor(
        private readonly definitions: Record<string, Definition<Client>>,
        private readonly client: Client,
        private readonly host: Host,
        private readonly functions: Record<string, (args: Values, client: Client) => Answer<Values>> = {},
    ) {}

    private definition(request: ResourceRequest): Definition<Client> {
        const definition = this.definitions[request.type];
        if (!definition) throw new Error(`the sandbox's provider has no resource type ${request.type}`);
        return definition;
    }

    private context(urn: string): Context<Client> {
        return { client: this.client, host: this.host, urn, knownIds: this.knownIds.get(urn) ?? new Set() };
    }

    private noteId(urn: string, id: string): void {
        this.knownIds.set(urn, (this.knownIds.get(urn) ?? new Set()).add(id));
    }

    check(request: CheckRequest): CheckResult {
        const definition = this.definition(request);
        const given = compact(plainObject(request.news), true);
        const inputs: Values = { ...definition.defaults, ...given };
        for (const property of definition.json ?? []) {
            if (isObject(inputs[property])) inputs[property] = JSON.stringify(inputs[property]);
        }
        if (request.olds) this.names.noteState(request.urn);
        const { property, digits, prefix } = definition.named ?? { property: "", digits: 0 };
        if (property && inputs[property] === undefined) {
            const olds = plainObject(request.olds);
            const given = prefix ? inputs[prefix] : undefined;
            const name = typeof given === "string" ? { ...request, name: given } : request;
            const samePrefix = !prefix || olds[prefix] === given;
            inputs[property] =
                (samePrefix ? olds[property] : undefined) ?? this.names.make(name, digits, given ? "" : "-");
        }
        const failures = hasUnknown(inputs) ? [] : definition.validate?.(inputs);
        return { inputs: markSecrets(inputs, request.news) as Values, failures };
    }

    diff(request: DiffRequest): DiffResult {
        const definition = this.definition(request);
        this.names.noteState(request.urn);
        this.noteId(request.urn, request.id);
        const before = compact(plainObject(request.oldInputs), true);
        const after = compact(plainObject(request.news), true);
        for (const property of definition.json ?? []) {
            if (sameJson(before[property], after[property])) after[property] = before[property];
        }
        const { replaceOn } = definition;
        const changes = diff(before, after).map((change) => ({
            ...change,
            replace: replaceOn === "any" || replaceOn.includes(String(change.path[0])),
        }));
        // Two resources cannot have one name, so the old one goes first unless the name is new too.
        const name = definition.named?.property;
        return { changes, deleteBeforeReplace: name !== undefined && before[name] === after[name] };
    }

    private outputs(request: { type: string } & ResourceRequest, outputs: Values, inputs: Values): Values {
        const marked = markSecrets(compact(outputs), inputs) as Values;
        const { secrets = [] } = this.definition(request);
        return mapValues(marked, (value, key) => (secrets.includes(key) ? secret(value) : value));
    }

    async create(request: CreateRequest): Promise<CreateResult> {
        const definition = this.definition(request);
        const inputs = plainObject(request.inputs);
        if (request.preview) {
            const computed = Object.fromEntries(definition.computed.map((key) => [key, unknown]));
            const foreseen = definition.foresee?.(inputs, this.client);
            return { id: "", outputs: this.outputs(request, { ...computed, ...foreseen, ...inputs }, request.inputs) };
        }
        const { id, outputs } = await definition.create(inputs, this.context(request.urn));
        return { id, outputs: this.outputs(request, { ...inputs, ...outputs }, request.inputs) };
    }

    async read(request: ReadRequest): Promise<ReadResult | undefined> {
        const definition = this.definition(request);
        const state = plainObject(request.state);
        const live = await definition.read(request.id, state, this.context(request.urn));
        if (!live) return undefined;
        const inputs = compact(plainObject(request.inputs), true);
        const imported = Object.keys(inputs).length === 0;
        const wanted = imported ? Object.keys(live.outputs).filter((k) => !definition.computed.includes(k)) : [];
        for (const key of imported ? wanted : Object.keys(inputs)) {
            if (!(key in live.outputs)) continue;
            const actual = live.outputs[key];
            if (imported) inputs[key] = actual;
            else if (!definition.json?.includes(key) || !sameJson(actual, inputs[key]))
                inputs[key] = prune(actual, inputs[key]);
        }
        return {
            id: live.id,
            outputs: this.outputs(request, { ...state, ...live.outputs }, request.state),
            inputs: markSecrets(compact(inputs, true), request.inputs) as Values,
        };
    }

    async update(request: UpdateRequest): Promise<Values> {
        const definition = this.definition(request);
        const inputs = plainObject(request.inputs);
        const state = plainObject(request.state);
        // An input that was taken away must not live on in the outputs.
        for (const key of Object.keys(plainObject(request.oldInputs))) delete state[key];
        const outputs = request.preview
            ? {}
            : await definition.update?.(request.id, inputs, plainObject(request.state), this.context(request.urn));
        return this.outputs(request, { ...state, ...inputs, ...outputs }, request.inputs);
    }

    async delete(request: DeleteRequest): Promise<void> {
        await this.definition(request).delete(request.id, plainObject(request.state), this.context(request.urn));
    }

    invoke(token: string, args: Values): Answer<Values> {
        const call = this.functions[token];
        if (!call) throw new Error(`the sandbox's provider has no function ${token}`);
        return call(args, this.client);
    }
}
