import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes/provider";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import * as pulumi from "@pulumi/pulumi";
import { withStack } from "../../sandbox";
import { JustDbCloud } from "../../components";
import { readConfig } from "../../components/config/read";
import { forget } from "../support/test-stack";

const name = "transforms";
const config = { "justdb-cloud:namespace": "justdb-transforms" };

interface Planned {
    name: string;
    type: string;
    inputs: Record<string, unknown>;
    protect: boolean;
    retainOnDelete: boolean;
    provider: string;
}

/** What the engine plans of prod with options of somebody's own. */
async function planned(opts: pulumi.ComponentResourceOptions = {}): Promise<Planned[]> {
    const found: Planned[] = [];
    const onEvent = ({ resourcePreEvent }: EngineEvent) => {
        const state = resourcePreEvent?.metadata.new;
        if (!state) return;
        const { type, inputs, protect = false, retainOnDelete = false, provider } = state;
        found.push({ name: state.urn.split("::").at(-1)!, type, inputs, protect, retainOnDelete, provider });
    };
    const program = () => {
        // Not the default one, which takes the place of any that gets lost.
        const kubernetes = new k8s.Provider("own", {
            enableConfigMapMutable: true,
            enableSecretMutable: true,
            upsertExistingObjects: true,
        });
        new JustDbCloud("justdb", readConfig(pulumi.getProject()), { ...opts, providers: { kubernetes } });
        return Promise.resolve({});
    };
    await withStack(name, (stack) => stack.preview({ onEvent }), { settingsOf: "prod", config, program });
    return found;
}

interface Marked {
    metadata?: { labels?: Record<string, string> };
}

/** Adds a label. */
const labelled = (props: Marked): Marked => ({
    ...props,
    metadata: { ...props.metadata, labels: { ...props.metadata?.labels, team: "data" } },
});
const isObject = ({ type, props }: { type: string; props: unknown }) =>
    type.startsWith("kubernetes:") && "metadata" in (props as object);

/** As transforms are usually written: they return all that they are given. */
const transform: pulumi.ResourceTransform = ({ type, props, opts }) => ({
    props: isObject({ type, props }) ? labelled(props) : props,
    opts,
});
const transformation: pulumi.ResourceTransformation = (args) =>
    isObject(args) ? { props: labelled(args.props), opts: args.opts } : undefined;

const labelOf = ({ inputs }: Planned) => (inputs as Marked).metadata?.labels?.team;
const objects = (all: Planned[]) => all.filter(({ type, inputs }) => isObject({ type, props: inputs }));
const isInChart = ({ name }: Planned) => name.includes(":");

describe("options of somebody's own for JustDbCloud, by the real engine", () => {
    let plain: Planned[];
    before(async () => {
        plain = await planned();
        assert.ok(objects(plain).some(isInChart), "no object of a chart");
    });

    after(() => forget(name));

    it("transforms change every child, those of charts too, and nothing else of them", async () => {
        const made = await planned({ transforms: [transform] });
        const bare = ({ inputs, ...rest }: Planned) => ({ ...rest, inputs: { ...inputs, metadata: undefined } });
        const byName = (all: Planned[]) => new Map(all.map((one) => [one.name, one]));
        const before = byName(plain);
        assert.deepEqual([...byName(made).keys()].sort(), [...before.keys()].sort());
        for (const one of objects(made)) assert.equal(labelOf(one), "data", one.name);
        for (const one of made) assert.deepEqual(bare(one), bare(before.get(one.name)!), one.name);
        assert.ok(made.some((one) => isInChart(one) && one.protect && one.retainOnDelete));
        for (const { name, provider } of objects(made)) assert.match(provider, /::own::/, name);
    });

    it("a secret that a transform gives does not stand in plain in the plan", async () => {
        const team = pulumi.secret("only-for-eyes");
        const made = await planned({
            transforms: [
                ({ type, props, opts }) => ({
                    props: isObject({ type, props })
                        ? { ...props, metadata: { ...(props as Marked).metadata, annotations: { team } } }
                        : props,
                    opts,
                }),
            ],
        });
        const texts = objects(made).map(({ inputs }) => JSON.stringify(inputs));
        assert.ok(texts.some((text) => text.includes("[secret]")));
        assert.deepEqual(
            texts.filter((text) => text.includes("only-for-eyes")),
            [],
        );
    });

    it("transformations, the older kind, change every child but those of charts", async () => {
        const made = objects(await planned({ transformations: [transformation] }));
        for (const one of made) assert.equal(labelOf(one), isInChart(one) ? undefined : "data", one.name);
    });
});
