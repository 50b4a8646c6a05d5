import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { JustDbCloudArgs } from "../../../../components";
import { resolve } from "../../../../components/config/resolve";
import { neededSecrets } from "../../../../components/secrets/existing";
import { plan } from "../../../support/mocks";

const needed = (args: JustDbCloudArgs) =>
    neededSecrets(resolve(args, "justdb")).map(({ name, namespace, keys }) => [namespace, name, ...keys].join(" "));

const external: JustDbCloudArgs = {
    postgresMode: "external",
    postgresHost: "db.example.com",
    postgresCidrs: ["10.0.0.0/24"],
    postgresExistingSecret: "db",
    postgresExistingSecretKey: "pw",
};

describe("Secrets that settings name", () => {
    it("are looked for before anything is made, with the keys that are read", async () => {
        assert.deepEqual(needed({}), []);
        assert.deepEqual(needed({ ...external, jwtExistingSecret: "jwt" }), [
            "justdb-cloud db pw",
            "justdb-cloud jwt jwt-secret",
        ]);
        const made = await plan({ jwtExistingSecret: "jwt", jwtExistingSecretKey: "key" });
        const [secret] = made.at("justdb-requirements", "values.secrets") as { keys: string[]; fix: string }[];
        assert.deepEqual(secret!.keys, ["key"]);
        assert.match(secret!.fix, /in namespace justdb-cloud, with the key key, .*config set secretsPreflight false$/);
    });

    it("have what CloudNativePG reads, where it runs the database", () => {
        assert.deepEqual(needed({ postgresExistingSecret: "db" }), ["justdb-cloud db username password"]);
    });

    it("are not looked for where they come later, or are known later", () => {
        assert.deepEqual(needed({ ...external, secretsPreflight: false }), []);
        assert.deepEqual(needed({ jwtExistingSecret: pulumi.output("jwt") }), []);
    });

    it("are those of the registry too, in each namespace whose pods pull from it", async () => {
        const args = { namespace: "a", imagePullSecrets: ["registry"] };
        assert.deepEqual(needed(args), ["a registry .dockerconfigjson"]);
        const postgresOperatorImage = "registry.example.com/cloudnative-pg:1.30.0";
        assert.deepEqual(needed({ ...args, postgresInstallOperator: true }), ["a registry .dockerconfigjson"]);
        const mirrored = { ...args, postgresInstallOperator: true, postgresOperatorImage };
        assert.deepEqual(needed(mirrored), ["a registry .dockerconfigjson", "cnpg-system registry .dockerconfigjson"]);
        const byMirror = { ...args, postgresInstallOperator: true, imageMirror: { "ghcr.io": "registry.example.com" } };
        assert.deepEqual(needed(byMirror), needed(mirrored));
        assert.deepEqual((await plan(mirrored)).at("justdb-operator", "values.imagePullSecrets"), [
            { name: "registry" },
        ]);
    });

    it("are of the form that the chart takes", async () => {
        const made = await plan({ jwtExistingSecret: "jwt" });
        const [secret] = made.at("justdb-requirements", "values.secrets") as object[];
        assert.deepEqual(Object.keys(secret!).sort(), ["fix", "keys", "name", "namespace", "what"]);
    });
});
