// What stands in the place of a secret and is none, in the formats in which people write it.
import assert from "node:assert/strict";
import fc from "fast-check";
import { secretsIn } from "../../../../../policy/lib/secrets/secret-like";
import { secretInConfigMap } from "../../../../../policy/rules/secret-in-config-map";
import { judged } from "../../../../support/policy/judge";

const finds = (key: string, value: string) => secretsIn(key, value).length > 0;

const configMap = (key: string, text: string) => ({
    type: "kubernetes:core/v1:ConfigMap",
    props: { data: { [key]: text } },
});

const texts: ((key: string, value: string) => string)[] = [
    (key, value) => `a: 1\n${key}: ${value}\n`,
    (key, value) => `a:\n  ${key}: "${value}"\n`,
    (key, value) => `a=1\n${key}=${value}\n`,
    (key, value) => `[a]\n${key} = "${value}"\n`,
    (key, value) => JSON.stringify({ a: { [key]: value } }),
    (key, value) => `run --${key}=${value} --port=1`,
];

describe("what refers to a secret", () => {
    it("is none, in any format and under any name of a secret", () => {
        const references = [
            "$oidc-secret:clientSecret",
            "$dex.github.clientSecret",
            "@{store:influx_token}",
            ">>vault:secret/data/mysql#password",
            "secret/data/mysql#password",
            "%{ENV_PASSWORD}",
            "#{Octopus.Password}",
            "__PASSWORD__",
            "@@PASSWORD@@",
            "{PASSWORD}",
            "<<PASSWORD>>",
            "var.db_password",
            "secrets.DB_PASSWORD",
            "ssm:/app/password",
            "awskms:abcdef0123",
            "keyvault:app/password",
            "op://vault/item/password",
            "gcp-sm://projects/1/secrets/a",
            "gcp:secretmanager:projects/1/secrets/a",
            "azure:keyvault:db-password",
            "db-password@azurekeyvault",
            "db-password@azurekeyvault?key",
            "${env:DB_PASSWORD}",
            "${file:/opt/credentials:password}",
            "${secrets:team/db:password}",
            "%env(DB_PASSWORD)%",
            "%(ENV_DB_PASSWORD)s",
            "((db-password))",
            "@/run/secrets/password",
            "@password.txt",
            "sk-...",
            "interbroker-password-placeholder",
            "REPLACE_ME",
            "your-password",
            "<password>",
            "TODO",
            "xxxxxxxx",
            "XXXXXXXX",
            "--------",
            "aaaaaaaa",
        ];
        const names = ["password", "db_password", "token", "client_secret", "api_key"];
        fc.assert(
            fc.property(fc.constantFrom(...names), fc.constantFrom(...references), fc.constantFrom(...texts), (key, value, text) => {
                assert.ok(!finds("file", text(key, value)), text(key, value));
                assert.ok(!finds(key, value), `${key}: ${value}`);
            }),
            { numRuns: 1000 },
        ); // prettier-ignore
    });

    it("is the name of a Secret under a name that may be one, and is not where a secret is shared", () => {
        for (const [key, value] of [
            ["DATABASE_SECRET", "my-db-secret"],
            ["db.secret", "team.db-credentials"],
            ["MYSQL_PASSWORD_SECRET", "mysql-root-2"],
            ["S3_CREDENTIALS", "backup/s3-creds"],
            ["initial-cluster-token", "etcd-cluster-1"],
            ["ETCD_INITIAL_CLUSTER_TOKEN", "etcd-cluster"],
        ] as const) {
            assert.ok(!finds(key, value), key);
            for (const text of texts) assert.ok(!finds("file", text(key, value)), text(key, value));
        }
        for (const key of ["CLIENT_SECRET", "sessionSecret", "jwt.secret", "clientsecret"])
            assert.ok(finds(key, "my-super-secret"), key);
        assert.ok(finds("DATABASE_SECRET", "hunter2hunter2"));
    });

    it("is the path of a secret in a store", () => {
        for (const value of ["prod/MyApp/Postgres", "Team_A/db-1"]) assert.ok(!finds("DATABASE_SECRET", value), value);
        assert.ok(finds("DATABASE_SECRET", "x7Rq2Lp9Zt"));
        assert.ok(finds("DATABASE_PASSWORD", "prod/MyApp/Postgres"));
    });

    it("is a word for no key where a program wants one", () => {
        for (const value of ["EMPTY", "dummy", "not-needed", "sk-no-key-required"])
            assert.ok(!finds("OPENAI_API_KEY", value), value);
        assert.ok(finds("DB_PASSWORD", "dummy"));
    });

    it("is an expression of code, whose literals are in quotes", () => {
        for (const [name, text] of [
            ["main.tf", "password = random_password.db.result\ntoken = data.vault_kv_secret.a.data.token\n"],
            ["config.alloy", 'basic_auth {\n  password = remote.kubernetes.secret.a.data["password"]\n}\n'],
        ] as const) {
            assert.deepEqual(judged(secretInConfigMap, configMap(name, text)).violations, [], name);
            const literal = configMap(name, `${text}password = "hunter2hunter2"\n`);
            assert.equal(judged(secretInConfigMap, literal).violations.length, 1, name);
        }
    });

    it("is a token that is only filled up", () => {
        const fillers = ["x", "X", "0", "*"];
        for (const filler of fillers)
            for (const start of ["ghp_", "glpat-", "npm_", "sk_live_", "hvs.", "AIza", "dop_v1_"])
                assert.ok(!finds("README.md", `export A=${start}${filler.repeat(64)}\n`), start + filler);
        assert.ok(!finds("README.md", "use ghp_abcdefghijklmnopqrstuvwxyz0123456789"));
        assert.ok(!finds("README.md", "SLACK: xoxb-your-slack-bot-token-here"));
        assert.ok(!finds("a.txt", "https://example.org/2018-250-xoxo-indieweb-1.jpg"));
        assert.ok(!finds("a.css", ".sk-fading-circle-with-a-very-long-name-of-a-class-of-spinners {}"));
    });

    it("is what a text says of a password", () => {
        for (const text of [
            "Enter your password please",
            "passwords do not match",
            "the password of the user",
            "Passwort vergessen",
            "reset link was sent",
        ])
            assert.ok(!finds("messages.json", JSON.stringify({ password: text })), text);
    });
});
