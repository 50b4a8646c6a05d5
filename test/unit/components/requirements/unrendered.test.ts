import assert from "node:assert/strict";
import { firstPreview } from "../../../support/mocks";

describe("a preview for which the Kubernetes provider is not known yet", () => {
    const warnings = async (isProviderKnown: boolean, args = {}) =>
        (await firstPreview(args, { isProviderKnown })).warnings;

    it("warns once, of every chart that it leaves out", async () => {
        const [warning, ...more] = await warnings(false);
        assert.match(
            warning!,
            /Not rendered: justdb-requirements, justdb-postgres\. .*not checked.*not in the plan.*pulumi up --target/,
        );
        assert.deepEqual(more, []);
        const [withOperator] = await warnings(false, { postgresInstallOperator: true, postgresArchive: false });
        assert.match(withOperator!, /Not rendered: justdb-requirements, justdb-operator, justdb-postgres\./);
    });

    it("names the requirements where there is no other chart", async () => {
        const external = {
            postgresMode: "external",
            postgresHost: "db.example.com",
            postgresCidrs: ["10.0.0.0/24"],
            postgresExistingSecret: "db",
        };
        assert.match((await warnings(false, external))[0]!, /Not rendered: justdb-requirements\./);
    });

    it("says nothing where the provider is known", async () => {
        assert.deepEqual(await warnings(true), []);
    });
});
