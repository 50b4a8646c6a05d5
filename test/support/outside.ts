// PostgreSQL and Redis that a stack finds outside of it: in a namespace of their own, by TLS alone, with certificates of their own authority.
import { randomBytes } from "node:crypto";
import { apply, versions } from "../../sandbox";
import { certificateOf } from "./certificate";
import { exec, podsReady, removeNamespaces } from "./cluster";
import type { Config } from "./test-stack";

/** Whom a stack logs in as, on both. */
const user = "justdb_outside";
const database = "justdb_outside";
/** A database of which the user may make no table, as PostgreSQL gives each to whoever does not own it. */
export const poorDatabase = "justdb_poor";

const postgres = `set -e
initdb -D /data/pg -U postgres -A trust --no-sync >/dev/null
printf 'local all all trust\\nhostssl all all all scram-sha-256\\n' >/data/pg/pg_hba.conf
exec postgres -D /data/pg -c listen_addresses='*' -c unix_socket_directories=/tmp -c shared_buffers=16MB \\
    -c ssl=on -c ssl_cert_file=/tls/tls.crt -c ssl_key_file=/tls/tls.key`;

const redis = `exec redis-server --port 0 --tls-port 6379 --tls-auth-clients no --tls-cert-file /tls/tls.crt \\
    --tls-key-file /tls/tls.key --tls-ca-cert-file /tls/ca.crt --aclfile /tls/users.acl --save '' --dir /data`;

export class Outside {
    /** The authority of both servers, and one of neither. */
    ca = "";
    otherCa = "";
    readonly user = user;
    readonly passwords = { postgres: randomBytes(16).toString("hex"), redis: randomBytes(16).toString("hex") };

    constructor(readonly namespace = "lab-outside") {}

    /** Settings of a stack, over those of stack `sandbox`: of these it needs none of what it has inside. */
    get settings(): Config {
        const pods = JSON.stringify(["10.244.0.0/16"]);
        const inside = [
            ..."Image CpuRequest Memory SharedBuffers StorageSize StorageClass Archive"
                .split(" ")
                .map((of) => `postgres${of}`),
            ..."Image Memory StorageSize StorageClass".split(" ").map((of) => `redis${of}`),
            "archiveTimeoutSeconds",
        ];
        return {
            ...Object.fromEntries(inside.map((key) => [key, ""])),
            backupImage: versions.images.postgres,
            postgresMode: "external",
            postgresHost: this.host("postgres"),
            postgresCidrs: pods,
            postgresDatabase: database,
            postgresUser: user,
            postgresSslMode: "verify-full",
            postgresCaCertificates: this.ca,
            redisMode: "external",
            redisHost: this.host("redis"),
            redisCidrs: pods,
            redisUser: user,
            redisTls: "true",
            redisCaCertificates: this.ca,
        };
    }

    /** Settings that are encrypted. */
    get secrets(): Config {
        return { postgresPassword: this.passwords.postgres, redisPassword: this.passwords.redis };
    }

    async open(): Promise<void> {
        await this.close();
        const [own, other] = await Promise.all([
            certificateOf(this.host("postgres"), this.host("redis")),
            certificateOf("nobody"),
        ]);
        this.ca = own.authority;
        this.otherCa = other.authority;
        const tls = {
            "tls.crt": own.certificate,
            "tls.key": own.key,
            "ca.crt": own.authority,
            "users.acl": `user default off\nuser ${user} on >${this.passwords.redis} ~* &* +@all\n`,
        };
        await apply([
            { apiVersion: "v1", kind: "Namespace", metadata: { name: this.namespace } },
            { apiVersion: "v1", kind: "Secret", metadata: this.metadata("tls"), stringData: tls },
            ...this.server("postgres", versions.images.postgres, 26, postgres, 5432),
            ...this.server("redis", versions.images.redis, 999, redis, 6379),
        ]);
        await podsReady("lab=outside", 2, this.namespace);
        await this.sql(`CREATE ROLE ${user} LOGIN CREATEDB PASSWORD '${this.passwords.postgres}'`, "postgres");
        await this.sql(`GRANT pg_signal_backend TO ${user}`, "postgres");
        await this.sql(`CREATE DATABASE ${database} OWNER ${user}`, "postgres");
        await this.sql(`CREATE DATABASE ${poorDatabase}`, "postgres");
    }

    async close(): Promise<void> {
        await removeNamespaces(this.namespace);
    }

    /** As the server's administrator. */
    async sql(statement: string, of = database): Promise<string> {
        const line = `psql -h /tmp -U postgres -qtAX -v ON_ERROR_STOP=1 -d ${of} -c "${statement}"`;
        return (await exec("postgres", line, this.namespace)).trim();
    }

    /** As the stack's user. */
    async redis(command: string): Promise<string> {
        const login = `redis-cli --tls --cacert /tls/ca.crt -h ${this.host("redis")} --user ${user} --no-auth-warning`;
        const line = `REDISCLI_AUTH=${this.passwords.redis} ${login} ${command}`;
        return (await exec("redis", line, this.namespace)).trim();
    }

    private host = (server: string) => `${server}.${this.namespace}.svc`;

    private metadata = (name: string) => ({ name, namespace: this.namespace });

    private server(name: string, image: string, uid: number, script: string, port: number): object[] {
        const labels = { lab: "outside", app: name };
        const container = {
            name,
            image,
            imagePullPolicy: "IfNotPresent",
            command: ["bash", "-c", script],
            ports: [{ containerPort: port }],
            readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
            resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
            volumeMounts: [
                { name: "tls", mountPath: "/tls", readOnly: true },
                { name: "data", mountPath: "/data" },
            ],
        };
        const spec = {
            automountServiceAccountToken: false,
            terminationGracePeriodSeconds: 1,
            securityContext: { runAsUser: uid, runAsGroup: uid, fsGroup: uid },
            containers: [container],
            volumes: [
                { name: "tls", secret: { secretName: "tls", defaultMode: 0o440 } },
                { name: "data", emptyDir: {} },
            ],
        };
        return [
            { apiVersion: "v1", kind: "Pod", metadata: { ...this.metadata(name), labels }, spec },
            {
                apiVersion: "v1",
                kind: "Service",
                metadata: this.metadata(name),
                spec: { selector: { app: name }, ports: [{ port }] },
            },
        ];
    }
}
