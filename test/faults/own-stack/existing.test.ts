import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { apply, kubeconfig, kubectl, temporary } from "../../../sandbox";
import { restricted } from "../../../components/lib/pod";
import { ended } from "../../support/backups";
import { get, list, podsReady, removeNamespaces } from "../../support/cluster";
import { request } from "../../support/http";
import { Outside, poorDatabase } from "../../support/outside";
import { forget, TestStack } from "../../support/test-stack";

const name = "existing";
const namespace = "justdb-existing";
const outside = new Outside("lab-existing");
const rbac = "rbac.authorization.k8s.io";
const secret = (of: string, stringData: Record<string, string>) => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: of, namespace },
    stringData,
});

/** A namespace that somebody else made, and one who may do all in it and nothing outside, making namespaces among that. */
const given = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels: restricted } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: "default" } },
    {
        apiVersion: `${rbac}/v1`,
        kind: "Role",
        metadata: { name, namespace },
        rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
    },
    {
        apiVersion: `${rbac}/v1`,
        kind: "RoleBinding",
        metadata: { name, namespace },
        roleRef: { apiGroup: rbac, kind: "Role", name },
        subjects: [{ kind: "ServiceAccount", name, namespace: "default" }],
    },
];

async function kubeconfigOfOne(): Promise<string> {
    const token = (await kubectl(["-n", "default", "create", "token", name, "--duration=2h"])).trim();
    const config = JSON.parse(fs.readFileSync(kubeconfig, "utf8")) as { users: { user: object }[] };
    config.users[0]!.user = { token };
    const file = path.join(temporary, `${name}-kubeconfig`);
    fs.writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    return file;
}

/** In this order: what one refuses is put right for the next. */
describe("a stack of a namespace, Secrets, a PostgreSQL and a Redis that are there already", () => {
    let stack: TestStack;
    const up = (more: Record<string, string> = {}) => stack.up(more);
    const isUntouched = async () => assert.deepEqual(await list("deployments", namespace, "app=justdb-cloud"), []);

    before(async () => {
        await outside.open();
        await apply(given);
        const db = secret("db", { "the-password": outside.passwords.postgres });
        const cache = secret("cache", { "the-password": outside.passwords.redis });
        stack = new TestStack(name, namespace, {
            ...outside.settings,
            "kubernetes:kubeconfig": await kubeconfigOfOne(),
            createNamespace: "false",
            appReplicas: "1",
            postgresDatabase: poorDatabase,
            postgresExistingSecret: "db",
            postgresExistingSecretKey: "the-password",
            jwtExistingSecret: "signing",
            jwtExistingSecretKey: "key",
            redisExistingSecret: "cache",
            redisExistingSecretKey: "the-password",
        });
        // Two of three, and of these one without its key.
        await apply([db, secret("signing", { other: "x" })]);
        await assert.rejects(up(), ({ message }: Error) => {
            assert.match(message, /Nothing was created or changed/);
            assert.match(
                message,
                /jwtExistingSecret names a Secret [^]*given: +Secret signing in namespace \S+ with the keys other\n/,
            );
            assert.match(
                message,
                /redisExistingSecret names a Secret [^]*given: +namespace justdb-existing without Secret cache/,
            );
            assert.doesNotMatch(message, /postgresExistingSecret names/);
            return true;
        });
        assert.deepEqual(await list("limitranges", namespace), []);
        await apply([secret("signing", { key: "j".repeat(64) }), cache]);
    });

    after(async () => {
        await stack.destroy();
        await forget(name);
        await removeNamespaces(namespace);
        await kubectl(["-n", "default", "delete", "serviceaccount", name, "--ignore-not-found"]);
        await outside.close();
    });

    it("is stopped where the role may create no tables, by the command that gives it the right", async () => {
        const command = /psql -h postgres\.lab-existing\.svc -p 5432 -U ADMINISTRATOR -d justdb_poor -c '(GRANT .*)'/;
        const error = await up().then(
            () => assert.fail("it came up"),
            ({ message }: Error) => message,
        );
        assert.match(error, command);
        const [job] = await list("jobs", namespace, "app=justdb-migrations");
        const [{ lastTransitionTime }] = job!.status.conditions as [{ lastTransitionTime: string }];
        const seconds = (Date.parse(lastTransitionTime) - Date.parse(job!.status.startTime as string)) / 1000;
        assert.ok(seconds < 100, `it took ${seconds} s, as if it had tried again`);
        await isUntouched();
        await outside.sql(command.exec(error)![1]!.replaceAll('"', ""), poorDatabase);
    });

    it("is stopped by a Redis of another authority, before the app is touched", async () => {
        await assert.rejects(
            up({ redisCaCertificates: outside.otherCa }),
            /the certificate of Redis, redis\.lab-existing\.svc:6379, was not accepted.* verified by redisCaCertificates/,
        );
        await isUntouched();
    });

    it("comes up by one who may do nothing outside of the namespace, and serves by TLS and under the names that are set", async () => {
        await up();
        const connections = `SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = '${poorDatabase}'`;
        assert.equal(await outside.sql(connections), "t");
        assert.match(await outside.redis("client list"), new RegExp(` user=${outside.user} .*lib-name=|cmd=ping`));
        const [pod] = await podsReady("app=justdb-redis-metrics", 1, namespace);
        const { body } = await request("GET", `http://${pod!.status.podIP as string}:9121/metrics`);
        assert.match(body, /^redis_up 1$/m);
        assert.equal((await get("limitrange", "justdb-limits", namespace)).kind, "LimitRange");
    });

    it("makes backups of that PostgreSQL", async () => {
        const { complete, log } = await ended("justdb-backup", {}, namespace);
        assert.ok(complete, log);
    });
});
