import assert from "node:assert/strict";
import { PullRequests } from "../support/pull-request";

/** For the sandbox's stack: test/stack/pull-request.test.ts. */
describe("a pull request for several stacks", () => {
    const pr = new PullRequests();

    it("has one comment for the stacks that are deployed, and they keep the policies", async () => {
        const { code, comment } = await pr.outcome({}, "dev", "prod");
        assert.equal(code, 0, comment);
        for (const name of ["dev", "prod"]) assert.match(comment, new RegExp(`### \`${name}\`: in order`));
        assert.equal(comment.match(/<!-- justdb-cloud: preview -->/g)?.length, 1);
    });
});
