import assert from "node:assert/strict";
import { iamUserKey } from "../../../../policy/rules/iam-user-key";
import { judged, type Props, unknown } from "../../../support/policy/judge";

describe("the rule iam-user-key", () => {
    const { now } = Date;
    before(() => (Date.now = () => Date.parse("2026-06-30T12:00:00Z")));
    after(() => (Date.now = now));

    const said = (props: Props, config = {}) =>
        judged(iamUserKey, [{ type: "aws:iam/accessKey:AccessKey", name: "key", props }], config);

    it("passes a key of 90 days and finds one of 91", () => {
        assert.deepEqual(said({ createDate: "2026-04-01T12:00:00Z", status: "Active" }).violations, []);
        assert.deepEqual(said({ createDate: "2026-06-30T11:37:53.741Z" }).violations, []);
        assert.match(
            said({ createDate: "2026-03-31T12:00:00Z" }).violations.join(),
            /^key: createDate: is 91 days ago/,
        );
        assert.match(said({ createDate: "2023-03-31T12:00:00Z" }).violations.join(), /is 1187 days ago/);
    });

    it("takes another number of days", () => {
        assert.equal(said({ createDate: "2026-05-30T12:00:00Z" }, { maxDays: 30 }).violations.length, 1);
        assert.deepEqual(said({ createDate: "2026-01-30T12:00:00Z" }, { maxDays: 365 }).violations, []);
    });

    it("passes a key that is about to be made, and one that is off", () => {
        assert.deepEqual(said({ createDate: unknown, status: "Active" }), { violations: [], unjudged: [] });
        assert.deepEqual(said({ status: "Active" }), { violations: [], unjudged: [] });
        assert.deepEqual(said({ createDate: "2020-01-01T00:00:00Z", status: "Inactive" }).violations, []);
    });

    it("finds a date that is none", () => {
        assert.match(said({ createDate: "soon" }).violations.join(), /is no date/);
    });
});
