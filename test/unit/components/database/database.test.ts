import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import * as pulumi from "@pulumi/pulumi";
import type { JustDbCloudArgs } from "../../../../components";
import { mostPods } from "../../../../components/app/rollout";
import { chartValues } from "../../../../components/database/values";
import { resolve } from "../../../../components/config/resolve";
import { fleets } from "../../../../components/delivery/times";
import { anAuthority } from "../../../support/an-authority";
import { at, plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { readYaml } from "../../../support/mocks-stack";

const chartFile = join(__dirname, "../../../../components/database/chart/templates/cluster.yaml");

const external: JustDbCloudArgs = {
    postgresMode: "external",
    postgresHost: "db.example.com",
    postgresCidrs: ["10.0.0.0/24"],
    postgresExistingSecret: "db",
};

interface Container {
    env: { name: string; value?: string }[];
    volumeMounts: { mountPath: string }[];
}
interface Pod {
    containers: Container[];
    initContainers?: Container[];
    volumes: { name: string; projected?: { sources: object[] } }[];
}
const template = "spec.template.spec";
const backupPod = `spec.jobTemplate.${template}`;
/** Those that connect to the database. */
const pods = [
    ["justdb-deployment", template],
    ["justdb-migrations", template],
    ["justdb-backup", backupPod],
    ["justdb-restore", backupPod],
] as const;
const authorities = ({ volumes }: Pod) => volumes.find(({ name }) => name === "authorities")?.projected?.sources;
const variable = (pod: unknown, name: string) =>
    (pod as Pod).containers[0]!.env.find((one) => one.name === name)?.value;
const urlOf = (made: Plan) =>
    at(load(made.at("justdb-config", "data.[application.yml]") as string), "spring.datasource.url") as string;

describe("postgres", () => {
    it("gives the chart names of Secrets, never their content", async () => {
        const made = await plan({});
        assert.equal(made.at("justdb-postgres", "values.ownerSecret"), "justdb-postgres-owner");
        assert.deepEqual(made.get("justdb-postgres").secrets, []);
        assert.equal(made.at("justdb-postgres", "name"), "justdb-db");
        assert.equal(made.at("justdb-postgres", "chart"), "./components/database/chart");
    });

    it("gives the chart what is set", () => {
        const args = { postgresStorageClass: "gp3", postgresStorageSize: "50Gi", postgresCpuRequest: "1" };
        const values = chartValues(
            resolve({ ...args, postgresCpuLimit: "4", postgresMemory: "8Gi" }, "justdb"),
            "s",
            "x",
        );
        assert.deepEqual(values.storage, { size: "50Gi", storageClass: "gp3" });
        assert.deepEqual(values.resources, {
            requests: { cpu: "1", memory: "8Gi" },
            limits: { cpu: "4", memory: "8Gi" },
        });
    });

    it("comes after the Secret with its owner's password", async () => {
        assert.ok(waitsFor((await plan({})).get("justdb-postgres"), "justdb-postgres-owner"));
    });

    it("lets the operator see a new password", async () => {
        const made = await plan({});
        assert.equal(made.at("justdb-postgres-owner", "type"), "kubernetes.io/basic-auth");
        assert.equal(made.at("justdb-postgres-owner", "metadata.labels.[cnpg.io/reload]"), "true");
        assert.equal(made.texts("justdb-postgres-owner").username, "justdb");
    });

    it("has connections for the full pools of two fleets, and the same for every delivery", () => {
        const connections = (delivery: "rolling" | "blueGreen") => {
            const settings = resolve({ appMaxReplicas: 10, appDatabasePoolSize: 20, delivery }, "justdb");
            assert.equal(chartValues(settings, "s", "x").maxConnections, (mostPods(settings) + 10) * 20 + 30);
            return fleets(settings) * 20;
        };
        assert.ok(connections("rolling") < connections("blueGreen"));
    });

    it("takes a quarter of the memory for shared buffers, unless told", () => {
        const buffers = (args: object) => chartValues(resolve(args, "justdb"), "s", "x").sharedBuffers;
        assert.equal(buffers({ postgresMemory: "2Gi" }), "512MB");
        assert.equal(buffers({ postgresMemory: "2Gi", postgresSharedBuffers: "64MB" }), "64MB");
    });

    it("keeps the log for a standby that is away up to a quarter of the volume", () => {
        const kept = (size: string) => {
            const values = chartValues(resolve({ postgresStorageSize: size }, "justdb"), "s", "x");
            return [values.maxSlotWalKeepSize, values.walKeepSize, values.maxWalSize];
        };
        assert.deepEqual(kept("20Gi"), ["5120MB", "512MB", "1024MB"]);
        assert.deepEqual(kept("512Mi"), ["128MB", "128MB", "128MB"], "the defaults are more than all of it");
        assert.deepEqual(kept("1T"), ["238418MB", "512MB", "1024MB"]);
        assert.match(readFileSync(chartFile, "utf8"), /max_slot_wal_keep_size: \{\{ \.Values\.maxSlotWalKeepSize/);
    });

    it("gives the chart exactly the values of its schema and its values.yaml", () => {
        const schema = JSON.parse(
            readFileSync(join(__dirname, "../../../../components/database/chart/values.schema.json"), "utf8"),
        ) as { properties: object; additionalProperties: boolean };
        const given = Object.keys(chartValues(resolve({}, "justdb"), "s", "x")).sort();
        const known = Object.keys(schema.properties).filter((key) => key !== "global");
        assert.deepEqual(given, known.sort());
        assert.deepEqual(given, Object.keys(readYaml("components/database/chart/values.yaml") as object).sort());
        assert.equal(schema.additionalProperties, false);
    });

    it("has no chart when PostgreSQL is external, and connects to it by TLS", async () => {
        const made = await plan({
            postgresMode: "external",
            postgresHost: pulumi.output("db.example.com"),
            postgresCidrs: ["10.0.0.0/24"],
            postgresPassword: pulumi.secret("p".repeat(16)),
            postgresSslMode: "verify-full",
        });
        assert.equal(made.has("justdb-postgres"), false);
        assert.equal(made.has("justdb-postgres-owner"), false);
        assert.equal(made.outputs.databaseHost, "db.example.com");
        const url = at(load(made.at("justdb-config", "data.[application.yml]") as string), "spring.datasource.url");
        assert.equal(
            url,
            "jdbc:postgresql://db.example.com:5432/justdb?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
        );
        assert.equal(variable(made.at("justdb-backup", backupPod), "PGSSLROOTCERT"), "system");
    });

    it("verifies an external PostgreSQL by the authorities that are given, whoever connects", async () => {
        const made = await plan({ ...external, postgresSslMode: "verify-full", postgresCaCertificates: anAuthority });
        assert.equal(made.at("justdb-postgres-ca", "data.[ca.crt]"), anAuthority);
        const query = "?sslmode=verify-full&sslrootcert=/authorities/postgres.pem";
        assert.equal(urlOf(made), `jdbc:postgresql://db.example.com:5432/justdb${query}`);
        for (const [name, path] of pods) {
            const pod = made.at(name, path) as Pod;
            assert.deepEqual(authorities(pod), [
                { configMap: { name: "justdb-postgres-ca", items: [{ key: "ca.crt", path: "postgres.pem" }] } },
            ]);
            for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
                assert.ok(
                    container.volumeMounts.some(({ mountPath }) => mountPath === "/authorities"),
                    name,
                );
            }
        }
        assert.equal(variable(made.at("justdb-backup", backupPod), "PGSSLMODE"), "verify-full");
        assert.equal(variable(made.at("justdb-backup", backupPod), "PGSSLROOTCERT"), "/authorities/postgres.pem");
        assert.match(variable(made.at("justdb-migrations", template), "VERIFIED_BY")!, /postgresCaCertificates/);
    });

    it("verifies it for whatever host where that is asked for, which only authorities that are given allow", async () => {
        const args = {
            ...external,
            postgresSslMode: "verify-ca",
            postgresCaCertificates: anAuthority,
        } satisfies JustDbCloudArgs;
        assert.match(urlOf(await plan(args)), /\?sslmode=verify-ca&sslrootcert=/);
    });

    it("rolls the app's pods when the authorities change", async () => {
        const annotation = async (postgresCaCertificates: string) =>
            (await plan({ ...external, postgresSslMode: "verify-full", postgresCaCertificates })).at(
                "justdb-deployment",
                "spec.template.metadata.annotations.[justdb.cloud/authorities]",
            );
        assert.notEqual(await annotation(anAuthority), await annotation(anAuthority + anAuthority));
    });

    it("verifies a managed PostgreSQL by its operator's authority, of which no pod has the key", async () => {
        const made = await plan({});
        const query = "?sslmode=verify-full&sslrootcert=/authorities/postgres.pem";
        assert.equal(urlOf(made), `jdbc:postgresql://justdb-postgres:5432/justdb${query}`);
        for (const [name, path] of pods) {
            assert.deepEqual(authorities(made.at(name, path) as Pod), [
                { secret: { name: "justdb-db-ca", items: [{ key: "ca.crt", path: "postgres.pem" }] } },
            ]);
        }
        assert.equal(variable(made.at("justdb-backup", backupPod), "PGSSLMODE"), "verify-full");
        assert.equal(variable(made.at("justdb-restore", backupPod), "PGSSLROOTCERT"), "/authorities/postgres.pem");
    });

    it("takes no connection without TLS", () => {
        assert.match(readFileSync(chartFile, "utf8"), /pg_hba:\n +- hostnossl all all all reject\n/);
    });

    it("connects to an address of IPv6, in brackets where a URL holds it", async () => {
        const made = await plan({
            postgresMode: "external",
            postgresHost: "fd00:20::5",
            postgresCidrs: ["fd00:20::5/128"],
            postgresPassword: pulumi.secret("p".repeat(16)),
            redisMode: "external",
            redisHost: "fd00:20::6",
            redisCidrs: ["fd00:20::6/128"],
            redisPassword: pulumi.secret("r".repeat(16)),
            ipFamilies: "IPv6",
        });
        assert.equal(made.outputs.databaseHost, "fd00:20::5");
        const application = load(made.at("justdb-config", "data.[application.yml]") as string);
        assert.match(at(application, "spring.datasource.url") as string, /^jdbc:postgresql:\/\/\[fd00:20::5\]:5432\//);
        assert.equal(at(application, "spring.data.redis.host"), "fd00:20::6");
    });
});
