import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime";
import { withOptionsKept } from "../../../../components/lib/transforms";

/** As the SDK hands a resource to a transform: what was not given is false. */
const given = { protect: false, retainOnDelete: false, deleteBeforeReplace: false, ignoreChanges: ["a"], aliases: [] };
const args = (more: object = {}) =>
    ({
        custom: true,
        type: "t",
        name: "n",
        props: { a: 1 },
        opts: { ...given },
        ...more,
    }) as pulumi.ResourceTransformArgs;

async function transformed(transform: pulumi.ResourceTransform, of = args()) {
    const { transforms } = withOptionsKept({ transforms: [transform] });
    return transforms![0]!(of);
}

describe("transforms of somebody's own", () => {
    it("send no options where they change none, so that those of the request stay", async () => {
        for (const opts of [(o: object) => o, (o: object) => ({ ...o }), (o: object) => pulumi.mergeOptions(o, {})]) {
            const result = await transformed(({ props, opts: own }) => ({
                props: { ...(props as object), b: 2 },
                opts: opts(own),
            }));
            assert.deepEqual(result, { props: { a: 1, b: 2 } });
        }
    });

    it("leave open what was open, where they change another option", async () => {
        const result = await transformed(({ props, opts }) => ({
            props: props,
            opts: { ...opts, ignoreChanges: ["b"] },
        }));
        assert.deepEqual(result, { props: { a: 1 }, opts: { ignoreChanges: ["b"], aliases: [] } });
    });

    it("can give and take protection", async () => {
        const protect =
            (value: boolean): pulumi.ResourceTransform =>
            ({ props, opts }) => ({ props: props, opts: { ...opts, protect: value } });
        assert.equal((await transformed(protect(true)))?.opts.protect, true);
        assert.equal(
            (await transformed(protect(false), args({ opts: { ...given, protect: true } })))?.opts.protect,
            false,
        );
    });

    it("keep secrets secret, in the form that the engine knows, and leave what is not known", async () => {
        const unknown = pulumi.secret(pulumi.unknown);
        const props = {
            list: [{ own: pulumi.secret("x") }, pulumi.output("y")],
            whole: pulumi.secret({ z: [1] }),
            unknown,
        };
        const result = (await transformed(({ opts }) => ({ props, opts }))) as unknown as { props: typeof props };
        const secret = (value: unknown) => ({ [specialSigKey]: specialSecretSig, value });
        assert.deepEqual(result.props.list[0], { own: secret("x") });
        assert.equal(result.props.list[1], props.list[1]);
        assert.deepEqual(result.props.whole, secret({ z: [1] }));
        assert.equal(result.props.unknown, unknown);
    });

    it("leave a resource as it is where they return nothing", async () => {
        assert.equal(await transformed(() => undefined), undefined);
    });

    it("are refused the options of a component, by its name", async () => {
        const chart = args({ custom: false, type: "kubernetes:helm.sh/v4:Chart", name: "justdb-postgres" });
        await assert.rejects(
            transformed(({ props, opts }) => ({ props: props, opts: { ...opts, protect: true } }), chart),
            /^Error: protect of kubernetes:helm\.sh\/v4:Chart justdb-postgres: the options of a component/,
        );
        assert.deepEqual(await transformed(({ props, opts }) => ({ props: props, opts }), chart), {
            props: { a: 1 },
        });
    });

    it("are no more than were given", () => {
        assert.deepEqual(withOptionsKept(), {});
        assert.deepEqual(withOptionsKept({ protect: true }), { protect: true });
    });
});
