import * as pulumi from "@pulumi/pulumi";
import { createApp } from "./app/app";
import { createAppCredentials } from "./app/credentials";
import { createArchive, createBaseBackups } from "./archive/archive";
import { createBackup } from "./backup/backup";
import { createBackupKeys } from "./backup/keys";
import { createBackupMetrics } from "./backup/metrics";
import { createScripts } from "./backup/scripts";
import { recorded, resolve } from "./config/resolve";
import { createDatabase } from "./database/database";
import { createOperator } from "./database/operator";
import { closeFormerRoles } from "./database/rotation";
import { createServices } from "./delivery/services";
import { isLed } from "./delivery/workload";
import { createDoctor } from "./doctor/doctor";
import { createDrill } from "./drill/drill";
import { createEdge } from "./edge/edge";
import { formerPasswords } from "./generations/former";
import { createGenerations } from "./generations/generations";
import { retireKeys } from "./identity/retire";
import { after, afterInCluster, createScope } from "./lib/scope";
import { withOptionsKept } from "./lib/transforms";
import { createMesh } from "./mesh/mesh";
import { backupStep } from "./migrations/backup-step";
import { createMigrations } from "./migrations/migrations";
import { createNamespace } from "./namespace/namespace";
import { createNetwork } from "./network/network";
import type { JustDbCloudArgs } from "./parts";
import { createRedisMetrics } from "./redis/metrics";
import { createReached } from "./redis/reached";
import { createRedis } from "./redis/redis";
import { createRequirements } from "./requirements/requirements";
import { warnOfUnrendered } from "./requirements/unrendered";
import { createRestoreGuard } from "./restore/guard";
import { createRestoreFrom } from "./restore/restore-from";
import { createSecrets } from "./secrets/secrets";
import { createSight } from "./sight/sight";
import { createStorageReached } from "./storage/reached";
import { createStorage } from "./storage/storage";

/**
 * JustDB Cloud on Kubernetes: the app, PostgreSQL, Redis, S3 buckets, and the rules around them.
 *
 * Its Kubernetes provider needs enableConfigMapMutable, enableSecretMutable and upsertExistingObjects: objects have fixed names,
 * so without these a new password would replace a protected Secret, which Pulumi refuses.
 */
export class JustDbCloud extends pulumi.ComponentResource {
    /** Namespace that holds everything. */
    public readonly namespace: pulumi.Output<string>;
    /** Name of the app's Service. */
    public readonly serviceName: pulumi.Output<string>;
    /** DNS name by which clients call; empty where none is set. */
    public readonly host: pulumi.Output<string>;
    /** Where clients call: by the host, where one is set; else the load balancer's address, or the one inside the cluster. */
    public readonly url: pulumi.Output<string>;
    /** Name of the S3 bucket for schemas. */
    public readonly schemasBucket: pulumi.Output<string>;
    /** Name of the S3 bucket for backups. */
    public readonly backupsBucket: pulumi.Output<string>;
    /** Name of the continuous archive in the bucket for backups; empty where there is none. */
    public readonly archiveName: pulumi.Output<string>;
    /** Host name of PostgreSQL. */
    public readonly databaseHost: pulumi.Output<string>;
    /** Host name of Redis. */
    public readonly redisHost: pulumi.Output<string>;
    /** Id of the app's access key, for schemas; empty with a role. */
    public readonly accessKeyId: pulumi.Output<string>;
    /** Name of the Secret with the database's password. Its key is db-password at the first generation, else password; in a Secret that was there before, postgresExistingSecretKey. */
    public readonly databaseSecretName: pulumi.Output<string>;
    /** Name of the Secret with the key that signs tokens, under jwt-secret, or jwtExistingSecretKey in a Secret that was there before. */
    public readonly jwtSecretName: pulumi.Output<string>;
    /** Name of the Secret with the app's access key; empty with a role. */
    public readonly awsCredentialsSecretName: pulumi.Output<string>;

    constructor(name: string, args: JustDbCloudArgs, opts?: pulumi.ComponentResourceOptions) {
        const settings = resolve(args, name);
        super("justdb-cloud:index:JustDbCloud", name, recorded(args), withOptionsKept(opts));

        const bare = createScope(this, name, settings);
        const requirements = createRequirements(bare.cluster);
        // A cluster that lacks something stops the run before anything is made, in it or in AWS.
        const scope = after(bare, requirements);
        const namespace = createNamespace(scope.cluster);
        // A namespace of another stack, or one that would be replaced, stops the run before anything is touched, in AWS too.
        const owned = after(scope, namespace.owned);
        // Which credentials are about to be made is known whatever becomes of this update.
        const begun = createGenerations(afterInCluster(owned, namespace).cluster, "begun");
        // Objects are made in the namespace, under its limits.
        const inNamespace = afterInCluster(owned, namespace, begun);
        const network = createNetwork(inNamespace.cluster);
        // No pod ever runs unguarded.
        const guarded = afterInCluster(inNamespace, network);

        const secrets = createSecrets(inNamespace.cluster);
        const storage = createStorage(inNamespace);
        const scripts = createScripts(guarded.cluster);
        const credentials = createAppCredentials(guarded, storage, scripts);
        const guard = createRestoreGuard(guarded.cluster, scripts);
        const keys = createBackupKeys(guarded, storage, scripts);
        // What others have set up is tried before anything of the database changes.
        const storageReached = createStorageReached(guarded.cluster, { storage, keys, scripts });
        // While the database that shall be recovered is still there, neither its archive nor itself is touched.
        const archive = createArchive(afterInCluster(after(guarded, guard), storageReached), storage, scripts);
        const operator = createOperator(owned);
        // The operator makes the database, which begins to archive, or to be recovered, at once.
        const database = createDatabase(
            afterInCluster(guarded, guard, storageReached, archive, operator).cluster,
            secrets.database,
            scripts,
        );
        // A preview that could not ask the cluster says so.
        void warnOfUnrendered(this, namespace.echo, [requirements, operator, database]);
        const redis = createRedis(guarded.cluster, secrets.redis);
        // One outside is tried before the app is touched.
        const reached = createReached(afterInCluster(guarded, secrets, redis).cluster, redis, secrets.redis, scripts);
        createRedisMetrics(afterInCluster(guarded, secrets, redis).cluster, redis, secrets.redis);
        const operations = createBackup(guarded.cluster, { scripts, secrets, storage, keys, database });
        const drill = createDrill(guarded, { storage, operations });
        const exporter = createBackupMetrics(guarded, {
            storage,
            operations,
            aged: [
                secrets,
                database.roles,
                credentials,
                ...archive.credentials,
                ...operations.credentials,
                ...drill.credentials,
            ],
        });
        // It is there to tell what is wrong when an update has not come to its end.
        createDoctor(guarded.cluster);
        createBaseBackups(guarded.cluster, archive, database);
        const restored = createRestoreFrom(afterInCluster(guarded, storageReached), {
            storage,
            restore: operations.restore,
        });
        const backupFirst = backupStep(guarded.cluster, operations.backup);
        // What is restored may need changes that came after it.
        const toMigrate = afterInCluster(guarded, storageReached, restored);
        const migrations = createMigrations(toMigrate.cluster, { secrets, database }, [backupFirst]);
        // Nothing of the app is touched before the database has what it asks for.
        const migrated = afterInCluster(guarded, migrations);
        const versions = createServices(migrated.cluster);
        // Argo Rollouts waits for the Services and the routes that it leads.
        const led = isLed(settings) ? createEdge(afterInCluster(migrated, versions).cluster) : undefined;
        const wiring = { secrets, credentials, storage, database, redis };
        // From its first request on, a pod knows from whom it takes any.
        const mesh = createMesh(guarded.cluster);
        // Prometheus, by which a new version may be judged, sees its first pod.
        const sight = createSight(guarded.cluster);
        const all = afterInCluster(migrated, versions, reached, mesh, sight, ...(led ? [led] : []));
        const app = createApp(all.cluster, wiring, scripts);
        // Else no request arrives before a pod can answer it.
        const edge = led ?? createEdge(afterInCluster(migrated, app).cluster);
        // What has a successor is refused once nothing runs with it any more.
        const calling = { credentials: [credentials], ready: [...app.ready, ...migrations.ready] };
        const users = [calling, archive, operations, drill, exporter, restored];
        const unused = retireKeys(guarded, scripts, users, formerPasswords(settings));
        const closed = closeFormerRoles(afterInCluster(guarded, ...users, unused).cluster);
        createGenerations(afterInCluster(guarded, ...users, unused, closed).cluster, "done");

        this.namespace = pulumi.output(settings.namespace);
        this.serviceName = edge.serviceName;
        this.host = edge.host;
        this.url = edge.url;
        this.schemasBucket = storage.schemas.bucket;
        this.backupsBucket = storage.backups.bucket;
        this.archiveName = archive.name;
        this.databaseHost = database.host;
        this.redisHost = redis.host;
        this.accessKeyId = credentials.id;
        this.databaseSecretName = pulumi.output(database.roles.login.password.name);
        this.jwtSecretName = pulumi.output(secrets.jwt.name);
        this.awsCredentialsSecretName = pulumi.output(credentials.secretName);
        this.registerOutputs({
            namespace: this.namespace,
            serviceName: this.serviceName,
            host: this.host,
            url: this.url,
            schemasBucket: this.schemasBucket,
            backupsBucket: this.backupsBucket,
            archiveName: this.archiveName,
            databaseHost: this.databaseHost,
            redisHost: this.redisHost,
            accessKeyId: this.accessKeyId,
            databaseSecretName: this.databaseSecretName,
            jwtSecretName: this.jwtSecretName,
            awsCredentialsSecretName: this.awsCredentialsSecretName,
        });
    }
}
