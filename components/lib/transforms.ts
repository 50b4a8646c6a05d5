import type * as pulumi from "@pulumi/pulumi";

type Options = Record<string, unknown>;

/** Options that a parent or the provider decides where they are not given. */
const leftOpen = ["protect", "retainOnDelete", "deleteBeforeReplace"];

/**
 * The same transforms, which leave alone the options that they do not change. Pulumi's SDK shows a transform false for an option that was
 * not given, and takes what comes back as given. Then a StatefulSet is made beside the one of its name that it replaces, with older engines
 * the database loses the protection that it has from its chart; and a chart loses its provider, and is made in the default cluster.
 */
export const withOptionsKept = (opts: pulumi.ComponentResourceOptions = {}): pulumi.ComponentResourceOptions =>
    opts.transforms === undefined ? opts : { ...opts, transforms: opts.transforms.map(keepingOptions) };

function keepingOptions(transform: pulumi.ResourceTransform): pulumi.ResourceTransform {
    return async (args) => {
        const given: Options = { ...args.opts };
        const result = await transform(args);
        if (result === undefined) return undefined;
        const opts = result.opts as unknown as Options;
        const changed = Object.keys({ ...given, ...opts }).filter((key) => opts[key] !== given[key]);
        // Without options the engine keeps those of the request, which the SDK's types do not say.
        if (changed.length === 0) return { props: result.props } as pulumi.ResourceTransformResult;
        if (!args.custom) throw new Error(`${changed.join(", ")} of ${args.type} ${args.name}: ${ofComponent}`);
        const open = (key: string) => leftOpen.includes(key) && opts[key] === false && given[key] === false;
        return { props: result.props, opts: Object.fromEntries(Object.entries(opts).filter(([key]) => !open(key))) };
    };
}

const ofComponent =
    "the options of a component cannot be changed by a transform, which would lose its providers. Change those of its children";
