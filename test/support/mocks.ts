import "./quick-sdk";
import "./quick-mocks";
import * as pulumi from "@pulumi/pulumi";
import { JustDbCloud, type JustDbCloudArgs } from "../../components";
import { idOf, listen, type Registered } from "./mocks-monitor";
import { Resources } from "./resources";

export { at } from "./resources";

export const region = "eu-central-1";

/** What a program registers: by mocks, without an engine. */
export class Plan extends Resources<Registered> {
    constructor(
        resources: Registered[],
        public readonly outputs: Record<string, unknown>,
    ) {
        super(resources);
    }

    /** The texts in a Secret. */
    texts(name: string): Record<string, string> {
        const data = this.at(name, "data") as Record<string, string>;
        const text = (base64: string) => Buffer.from(base64, "base64").toString();
        return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, text(value)]));
    }
}

const plans = new Map<string, Promise<Plan>>();

/** What the program plans for these arguments. The same arguments plan the same, so this is done once. */
export function plan(
    args: JustDbCloudArgs,
    name = "justdb",
    opts?: () => pulumi.ComponentResourceOptions,
): Promise<Plan> {
    // A value that is known later tells nothing of itself.
    if (opts || Object.values(args).some((value) => pulumi.Output.isInstance(value))) return register(args, name, opts);
    const key = JSON.stringify([name, args]);
    const made = plans.get(key) ?? register(args, name);
    plans.set(key, made);
    return made;
}

/** Registers a component under mocks, and waits until all of it is registered. */
async function register(
    args: JustDbCloudArgs,
    name: string,
    opts: () => pulumi.ComponentResourceOptions = () => ({}),
): Promise<Plan> {
    await pulumi.runtime.setMocks({ newResource, call }, "justdb-cloud", "test", false);
    const registered = listen((type) => type in added);
    const component = new JustDbCloud(name, args, opts());
    const outputs = await valuesOf(component);
    await (pulumi.runtime as unknown as { disconnect(): Promise<void> }).disconnect();
    return new Plan(registered, outputs);
}

/** What a first preview shows. */
export interface Preview {
    /** Those outputs that are known. */
    outputs: Record<string, unknown>;
    warnings: string[];
}

/** A first preview, in which no id is known yet; and nothing of any object, where the Kubernetes provider is not known either. */
export async function firstPreview(args: JustDbCloudArgs, { isProviderKnown = true } = {}): Promise<Preview> {
    const warnings: string[] = [];
    const { warn } = console;
    // Where the SDK writes without an engine.
    console.warn = (message: string) => warnings.push(message);
    const planned: pulumi.runtime.Mocks["newResource"] = (resource) => {
        const isUnknown = resource.type.startsWith("kubernetes:") && !isProviderKnown;
        return { id: "", state: isUnknown ? {} : (resource.inputs as State) };
    };
    try {
        await pulumi.runtime.setMocks({ newResource: planned, call }, "justdb-cloud", "test", true);
        const outputs = outputsOf(new JustDbCloud("justdb", args));
        const shown = (await pulumi.runtime.serializeProperties("", outputs)) as Record<string, unknown>;
        await (pulumi.runtime as unknown as { disconnect(): Promise<void> }).disconnect();
        const known = Object.entries(shown).filter(([, value]) => value !== pulumi.runtime.unknownValue);
        return { outputs: Object.fromEntries(known), warnings };
    } finally {
        console.warn = warn;
    }
}

type State = Record<string, unknown>;

interface Answer {
    id: string;
    state: State;
}

/** What the provider adds to the inputs of a resource, by its type; to others an id alone. */
const added: Record<string, (name: string, inputs: State) => Partial<Answer>> = {
    "aws:s3/bucket:Bucket": (name, inputs) => {
        const bucket = (inputs.bucket as string | undefined) ?? `${name}-0123456`;
        return { state: { bucket, arn: `arn:aws:s3:::${bucket}`, region } };
    },
    "aws:kms/key:Key": () => ({
        state: { keyId: ownKmsKey, arn: `arn:aws:kms:${region}:123456789012:key/${ownKmsKey}` },
    }),
    "aws:iam/user:User": (name) => ({ state: { name: `${name}-0123456` } }),
    "aws:iam/role:Role": (name, inputs) => ({
        state: {
            name: `${name}-0123456`,
            arn: `arn:aws:iam::123456789012:role${(inputs.path as string | undefined) ?? "/"}${name}-0123456`,
        },
    }),
    "aws:iam/accessKey:AccessKey": () => ({
        id: "AKIAMOCK",
        state: { secret: secretValues.accessKey, createDate: created },
    }),
    "random:index/randomPassword:RandomPassword": (name, inputs) => ({
        state: { result: generated(name, inputs.length as number) },
    }),
    "random:index/randomId:RandomId": (_, inputs) => ({
        state: { hex: `${(inputs.prefix as string | undefined) ?? ""}0123abcd` },
    }),
    "kubernetes:core/v1:Secret": (_, inputs) => ({
        state: { metadata: { ...(inputs.metadata as State), creationTimestamp: created } },
    }),
    "kubernetes:core/v1:Service": (_, inputs) => ({
        state: {
            spec: { ...(inputs.spec as State), clusterIP: "10.96.0.99" },
            status: { loadBalancer: { ingress: [{ hostname: "lb.example.com" }] } },
        },
    }),
};

function newResource({ type, name, inputs }: pulumi.runtime.MockResourceArgs): Answer {
    const given = inputs as State;
    const { id = idOf(name), state = {} } = added[type]?.(name, given) ?? {};
    return { id, state: { ...given, ...state } };
}

/** What the provider finds. */
function call({ token, inputs }: pulumi.runtime.MockCallArgs): State {
    if (token !== "aws:s3/getBucket:getBucket") return {};
    const bucket = String((inputs as State).bucket);
    return { bucket, arn: `arn:aws:s3:::${bucket}`, bucketRegion: region };
}

/** Id of the key of KMS that a stack makes. */
export const ownKmsKey = "0a1b2c3d-1111-2222-3333-444455556666";

/** When all is made. */
const created = "2026-01-11T02:15:00Z";

/** What the mocked providers generate. */
export const secretValues = { accessKey: "mock-secret-access-key" };
export const generated = (name: string, length: number) => `generated${name.replaceAll("-", "")}`.padEnd(length, "x");

const outputsOf = (component: JustDbCloud): Record<string, unknown> =>
    Object.fromEntries(Object.entries(component).filter(([, value]) => pulumi.Output.isInstance(value)));

async function valuesOf(component: JustDbCloud): Promise<Record<string, unknown>> {
    return new Promise((done) => {
        pulumi.output(outputsOf(component)).apply((known) => {
            done(known);
        });
    });
}
