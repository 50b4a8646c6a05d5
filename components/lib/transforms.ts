import type * as pulumi from "@pulumi/pulumi";

type Options = Record<string, unknown>;

/** Options that are handed down from a parent, or are the provider's to say, where they are not given. */
const leftOpen = ["protect", "retainOnDelete", "deleteBeforeReplace"];

/**
 * The same transforms, which leave alone the options that they do not change. Pulumi's SDK shows a transform false for an option that was
 * not given, and takes what comes back as given: so a transform that only adds a label would take the protection off the database, which
 * it has from its chart, and the provider off a chart.
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
