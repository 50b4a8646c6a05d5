import assert from "node:assert/strict";
import { silentHost } from "../../../providers/lib/host";
import { type Definition, TypedProvider } from "../../../providers/lib/typed";
import { secret, unknown, type Values } from "../../../providers/lib/values";

const thing: Definition<Values[]> = {
    computed: ["arn"],
    secrets: ["token"],
    replaceOn: ["name"],
    json: ["policy"],
    defaults: { size: 1 },
    named: { property: "name", digits: 7 },
    create(inputs, { client }) {
        client.push(inputs);
        return { id: String(inputs.name), outputs: { arn: "arn:1", token: "t" } };
    },
    update: (_, inputs) => ({ size: inputs.size }),
    read: (id) => ({ id, outputs: { name: id, size: 5, nested: { a: 1, added: 2 }, policy: '{"a": 1}' } }),
    delete() {},
};

const resource = { urn: "urn:pulumi:s::p::x:y:Thing::data", name: "data", type: "x:y:Thing" };

function setup() {
    const made: Values[] = [];
    return { made, provider: new TypedProvider({ "x:y:Thing": thing }, made, silentHost) };
}

const check = { ...resource, olds: undefined, randomSeed: Buffer.from("s") };

describe("sandbox/providers/lib/typed", () => {
    it("fills in defaults and a name, and keeps that name", () => {
        const { provider } = setup();
        const { inputs } = provider.check({ ...check, news: { size: null } });
        assert.equal(inputs.size, 1);
        assert.match(String(inputs.name), /^data-[0-9a-f]{7}$/);
        assert.equal(provider.check({ ...check, olds: inputs, news: {} }).inputs.name, inputs.name);
    });

    it("makes JSON text of a policy given as an object", () => {
        const { inputs } = setup().provider.check({ ...check, news: { policy: { a: 1 } } });
        assert.equal(inputs.policy, '{"a":1}');
    });

    it("previews without creating: computed outputs are unknown", async () => {
        const { provider, made } = setup();
        const { outputs } = await provider.create({ ...resource, inputs: { name: "n" }, timeout: 0, preview: true });
        assert.deepEqual(outputs, { arn: unknown, name: "n" });
        assert.deepEqual(made, []);
    });

    it("marks secret outputs and what came from secret inputs", async () => {
        const { provider } = setup();
        const inputs = { name: "n", policy: secret("p") };
        const { id, outputs } = await provider.create({ ...resource, inputs, timeout: 0, preview: false });
        assert.equal(id, "n");
        assert.deepEqual(outputs, { name: "n", policy: secret("p"), arn: "arn:1", token: secret("t") });
    });

    it("updates in place unless a replacing input changes, and compares JSON by meaning", () => {
        const { provider } = setup();
        const diff = (oldInputs: Values, news: Values) =>
            provider.diff({ ...resource, id: "n", state: {}, oldInputs, news, ignoreChanges: [] });
        assert.deepEqual(diff({ policy: '{"a":1}' }, { policy: '{ "a": 1 }' }).changes, []);
        assert.deepEqual(
            diff({ name: "a", size: 1 }, { name: "b", size: 2 }).changes.map(({ path, replace }) => [path[0], replace]),
            [
                ["name", true],
                ["size", false],
            ],
        );
    });

    it("shows drift of what the program gave, and nothing else", async () => {
        const inputs = { name: "n", size: 1, nested: { a: 1 }, policy: '{"a":1}' };
        const live = await setup().provider.read({ ...resource, id: "n", state: {}, inputs });
        assert.deepEqual(live?.inputs, { name: "n", size: 5, nested: { a: 1 }, policy: '{"a":1}' });
    });

    it("forgets an input that was taken away", async () => {
        const state = { name: "n", size: 1, note: "old" };
        const update = { ...resource, id: "n", state, oldInputs: state, timeout: 0, preview: false, ignoreChanges: [] };
        assert.deepEqual(await setup().provider.update({ ...update, inputs: { name: "n", size: 2 } }), {
            name: "n",
            size: 2,
        });
    });
});
