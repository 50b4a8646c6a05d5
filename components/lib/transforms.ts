import * as pulumi from "@pulumi/pulumi";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime";

type Options = Record<string, unknown>;

/** Options that a parent or the provider decides where they are not given. */
const leftOpen = ["protect", "retainOnDelete", "deleteBeforeReplace"];

/**
 * The same transforms, which leave alone the options that they do not change, and keep secrets secret. Pulumi's SDK shows a transform false
 * for an option that was not given, and takes what comes back as given. Then a StatefulSet is made beside the one of its name that it replaces, with older engines
 * the database loses the protection that it has from its chart; and a chart loses its provider, and is made in the default cluster.
 */
export const withOptionsKept = (opts: pulumi.ComponentResourceOptions = {}): pulumi.ComponentResourceOptions =>
    opts.transforms === undefined ? opts : { ...opts, transforms: opts.transforms.map(keepingOptions) };

function keepingOptions(transform: pulumi.ResourceTransform): pulumi.ResourceTransform {
    return async (args) => {
        const given: Options = { ...args.opts };
        const result = await transform(args);
        if (result === undefined) return undefined;
        const props = (await withSecretsKept(result.props)) as pulumi.Inputs;
        const opts = result.opts as unknown as Options;
        const changed = Object.keys({ ...given, ...opts }).filter((key) => opts[key] !== given[key]);
        // Without options the engine keeps those of the request, which the SDK's types do not say.
        if (changed.length === 0) return { props } as pulumi.ResourceTransformResult;
        if (!args.custom) throw new Error(`${changed.join(", ")} of ${args.type} ${args.name}: ${ofComponent}`);
        const open = (key: string) => leftOpen.includes(key) && opts[key] === false && given[key] === false;
        return { props, opts: Object.fromEntries(Object.entries(opts).filter(([key]) => !open(key))) };
    };
}

/**
 * The same properties with each known secret written as the engine knows it. In a program of the Automation API Pulumi's SDK has forgotten in
 * a transform that the engine takes secrets, and would send them in plain to the state.
 */
async function withSecretsKept(value: unknown): Promise<unknown> {
    if (pulumi.Output.isInstance(value)) {
        const { isKnown } = value as unknown as { isKnown: Promise<boolean> };
        if (!(await pulumi.isSecret(value)) || !(await isKnown)) return value;
        const plain = await new Promise((resolve) => pulumi.unsecret(value).apply(resolve));
        return { [specialSigKey]: specialSecretSig, value: plain };
    }
    if (Array.isArray(value)) return Promise.all(value.map(withSecretsKept));
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
    const entries = Object.entries(value).map(async ([key, each]) => [key, await withSecretsKept(each)] as const);
    return Object.fromEntries(await Promise.all(entries));
}

const ofComponent =
    "the options of a component cannot be changed by a transform, which would lose its providers. Change those of its children";
