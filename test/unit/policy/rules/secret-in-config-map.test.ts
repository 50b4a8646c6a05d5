import assert from "node:assert/strict";
import { secretInConfigMap } from "../../../../policy/rules/secret-in-config-map";
import { breaks } from "../../../support/policy/breaks/secret-in-config-map";
import { judged, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(secretInConfigMap, breaks);

const configMap = (data: unknown, config = {}) =>
    judged(secretInConfigMap, { type: "kubernetes:core/v1:ConfigMap", props: { data } }, config);

describe("the rule secret-in-config-map, in particular", () => {
    it("names the key inside the file and shows no value", () => {
        const { violations } = configMap({ "app.properties": "db.user=app\ndb.password=hunter2\n" });
        assert.deepEqual(violations, [
            'data["app.properties"]: holds a literal under a key that names a password (db.password); keep it in a Secret',
        ]);
    });

    it("judges what is known beside what is not", () => {
        const { violations, unjudged } = configMap({ a: unknown, password: "hunter2" });
        assert.equal(violations.length, 1);
        assert.deepEqual(unjudged, ["data.a"]);
    });

    it("reads code by its quoted literals", () => {
        assert.deepEqual(configMap({ "app.lua": "local token = other_token\n" }).violations, []);
        assert.equal(configMap({ "app.lua": 'local token = "hunter2hunter2"\n' }).violations.length, 1);
    });

    it("judges each item of a list", () => {
        const items = [{ data: {} }, { data: { password: "hunter2" } }];
        const { violations } = judged(secretInConfigMap, {
            type: "kubernetes:core/v1:ConfigMapList",
            props: { items },
        });
        assert.equal(violations.length, 1);
    });

    it("leaves other binary data alone", () => {
        const binaryData = { logo: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]).toString("base64") };
        const { violations } = judged(secretInConfigMap, {
            type: "kubernetes:core/v1:ConfigMap",
            props: { binaryData },
        });
        assert.deepEqual(violations, []);
    });

    it("leaves out the keys of the configuration", () => {
        assert.deepEqual(configMap({ csrf_token: "hunter2hunter2" }, { notSecret: ["csrf*"] }).violations, []);
    });
});
