import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JustDbCloudArgs } from "../../../../components";
import { resolve } from "../../../../components/config/resolve";
import { agreements, requirements } from "../../../../components/parts";
import { plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

const needs = (args: JustDbCloudArgs) => requirements(resolve(args, "justdb")).map(({ api }) => api);

describe("requirements", () => {
    it("are CloudNativePG's definitions, and its plugin's, where PostgreSQL is managed and nobody asks for the operator", () => {
        const [operator, plugin] = ["postgresql.cnpg.io/v1/Cluster", "barmancloud.cnpg.io/v1/ObjectStore"];
        const bare = { postgresArchive: false };
        assert.deepEqual(needs({}), [operator, plugin]);
        assert.deepEqual(needs({ postgresInstallOperator: true }), [plugin]);
        assert.deepEqual(needs(bare), [operator]);
        assert.deepEqual(needs({ ...bare, postgresInstallOperator: true }), []);
        assert.deepEqual(needs({ ...bare, restoreFrom: "s3://acme-backups/justdb-db-1/latest" }), [operator, plugin]);
        const address = { postgresHost: "db.example.com", postgresCidrs: ["10.0.0.0/24"] };
        assert.deepEqual(needs({ postgresMode: "external", ...address, postgresExistingSecret: "db" }), []);
    });

    it("say both ways to meet them, with the pinned chart and the configured namespace", () => {
        const [operator, plugin] = requirements(resolve({ postgresOperatorNamespace: "databases" }, "justdb"));
        assert.match(
            plugin!.fix,
            /helm install plugin-barman-cloud oci:\/\/\S+\/plugin-barman-cloud --version \d+\.\d+\.\d+ --namespace databases --create-namespace, or .*postgresArchive false/,
        );
        assert.match(operator!.fix, /pulumi config set postgresInstallOperator true/);
        assert.match(
            operator!.fix,
            /helm install cnpg oci:\/\/\S+\/cloudnative-pg --version \d+\.\d+\.\d+ --namespace databases /,
        );
    });

    it("are checked before anything is made", async () => {
        const made = await plan({});
        assert.equal(made.at("justdb-requirements", "chart"), "./components/requirements/chart");
        for (const resource of made.resources) {
            const isOwn = resource.name === "justdb-requirements" || resource.type === "justdb-cloud:index:JustDbCloud";
            if (!isOwn) assert.ok(waitsFor(resource, "justdb-requirements"), resource.name);
        }
    });

    it("ask whose the namespace is, of the object that says so", async () => {
        const owned = (await plan({})).at("justdb-requirements", "values.owned") as Record<string, string>;
        assert.deepEqual([owned.kind, owned.name, owned.namespace], ["Namespace", "justdb-cloud", ""]);
        assert.match(owned.fix!, /kubectl annotate namespace justdb-cloud justdb-cloud\/owner-$/);
        const within = (await plan({ createNamespace: false })).at("justdb-requirements", "values.owned");
        const { kind, name, namespace, fix } = within as Record<string, string>;
        assert.deepEqual([kind, name, namespace], ["LimitRange", "justdb-limits", "justdb-cloud"]);
        assert.match(fix!, /kubectl -n justdb-cloud annotate limitrange justdb-limits justdb-cloud\/owner-$/);
    });

    it("look at objects of this stack alone", async () => {
        assert.equal((await plan({})).at("justdb-requirements", "values.owner"), "justdb-cloud/test/justdb-namespace");
    });

    it("are values of the chart's schema", () => {
        const file = join(__dirname, "../../../../components/requirements/chart/values.schema.json");
        const schema = JSON.parse(readFileSync(file, "utf8")) as {
            properties: Record<"needed" | "agreed", { items: { required: string[] } }>;
        };
        for (const requirement of requirements(resolve({}, "justdb"))) {
            assert.deepEqual(Object.keys(requirement).sort(), [...schema.properties.needed.items.required].sort());
        }
        for (const agreement of agreements(resolve({}, "justdb"))) {
            assert.deepEqual(Object.keys(agreement).sort(), [...schema.properties.agreed.items.required].sort());
        }
    });
});
