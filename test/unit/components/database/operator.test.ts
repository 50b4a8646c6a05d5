import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { chartArgs } from "../../../../components/lib/chart";
import { resolve } from "../../../../components/config/resolve";
import { plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

const install: JustDbCloudArgs = { postgresInstallOperator: true };

const problemsOf = (args: JustDbCloudArgs): string => {
    try {
        resolve(args, "justdb");
        return "";
    } catch (error) {
        return (error as Error).message;
    }
};

describe("operator", () => {
    let made: Plan;
    before(async () => {
        made = await plan(install);
    });

    const parts = () => made.resources.filter(({ name }) => name.startsWith("justdb-operator"));

    it("is not installed unless asked for", async () => {
        const names = (await plan({})).names();
        assert.deepEqual(
            names.filter((name) => name.startsWith("justdb-operator")),
            [],
        );
    });

    it("is CloudNativePG's chart and image, of one version each", () => {
        assert.equal(made.at("justdb-operator", "chart"), "oci://ghcr.io/cloudnative-pg/charts/cloudnative-pg");
        assert.equal(made.at("justdb-operator", "version"), "0.29.0");
        assert.equal(made.at("justdb-operator", "namespace"), "cnpg-system");
        assert.deepEqual(made.at("justdb-operator", "values.image"), {
            repository: "ghcr.io/cloudnative-pg/cloudnative-pg",
            tag: "1.30.0",
        });
    });

    it("comes before the database, and after its own namespace and policies", () => {
        assert.ok(waitsFor(made.get("justdb-postgres"), "justdb-operator"));
        for (const { name } of parts()) {
            if (name !== "justdb-operator") assert.ok(waitsFor(made.get("justdb-operator"), name), name);
        }
    });

    it("outlives the stack, in dev too: databases of others may be its", async () => {
        for (const environment of ["dev", "prod"] as const) {
            const { resources } = await plan({ ...install, environment });
            const own = resources.filter(({ name }) => name.startsWith("justdb-operator"));
            assert.ok(own.length > 3);
            for (const { name, retainOnDelete, protect } of own) {
                assert.equal(retainOnDelete, true, name);
                assert.equal(protect, environment === "prod", name);
            }
        }
    });

    it("has a restricted namespace with no way in or out but its own", () => {
        const labels = "metadata.labels.[pod-security.kubernetes.io/enforce]";
        assert.equal(made.at("justdb-operator-namespace", labels), "restricted");
        const policies = parts().filter(({ type }) => type.endsWith(":NetworkPolicy"));
        assert.deepEqual(policies.map(({ name }) => name.replace("justdb-operator-network-", "")).sort(), [
            "archive-plugin-from-operator",
            "archive-plugin-of-chart-from-operator",
            "archive-plugin-of-chart-to-dns",
            "archive-plugin-of-chart-to-kubernetes-api",
            "archive-plugin-to-dns",
            "archive-plugin-to-kubernetes-api",
            "default-deny",
            "operator-from-kubernetes-api",
            "operator-to-archive-plugin",
            "operator-to-archive-plugin-of-chart",
            "operator-to-databases",
            "operator-to-dns",
            "operator-to-kubernetes-api",
        ]);
        for (const { name } of policies) assert.equal(made.at(name, "metadata.namespace"), "cnpg-system");
    });

    it("has the same policies whether the stack archives or not: other databases may", async () => {
        const without = (await plan({ ...install, postgresArchive: false })).names();
        for (const { name } of parts()) assert.ok(without.includes(name), name);
    });

    it("takes its chart from a mirror, an archive or a folder", () => {
        assert.deepEqual(chartArgs("oci://r.example.com:5000/c/cnpg:0.29.0"), {
            chart: "oci://r.example.com:5000/c/cnpg",
            version: "0.29.0",
        });
        for (const chart of ["https://example.com/cnpg-0.29.0.tgz", "./cnpg-0.29.0.tgz", "/srv/charts/cnpg"]) {
            assert.deepEqual(chartArgs(chart), { chart });
            assert.equal(problemsOf({ ...install, postgresOperatorChart: chart }), "");
        }
    });

    it("takes the image's digest along", async () => {
        const digest = `sha256:${"a".repeat(64)}`;
        const image = `registry.example.com:5000/cnpg:1.30.0@${digest}`;
        assert.deepEqual(
            (await plan({ ...install, postgresOperatorImage: image })).at("justdb-operator", "values.image"),
            { repository: "registry.example.com:5000/cnpg", tag: `1.30.0@${digest}` },
        );
    });

    it("refuses a chart of no version, and what contradicts it", () => {
        for (const chart of ["cloudnative-pg", "oci://r.example.com/cnpg", "oci://r.example.com/cnpg:latest"]) {
            assert.match(problemsOf({ ...install, postgresOperatorChart: chart }), /postgresOperatorChart/);
        }
        assert.match(problemsOf({ postgresOperatorChart: "./cnpg.tgz" }), /set postgresInstallOperator to true/);
        assert.match(problemsOf({ ...install, postgresOperatorNamespace: "justdb-cloud" }), /which is namespace/);
        const external = { postgresHost: "db", postgresCidrs: ["10.0.0.0/24"], postgresExistingSecret: "db" };
        assert.match(problemsOf({ ...install, postgresMode: "external", ...external }), /postgresInstallOperator/);
    });
});
