import * as pulumi from "@pulumi/pulumi";
import { createApplication } from "./application";
import { createArchive, createBaseBackups } from "./archive";
import type { JustDbCloudArgs } from "./args";
import { createBackup } from "./backup";
import { createBackupMetrics } from "./backup-metrics";
import { createDrill } from "./drill";
import { after, createContext } from "./lib/context";
import { names } from "./lib/names";
import { createMigrations } from "./migrations";
import { backupStep } from "./migrations-backup";
import { createNamespace } from "./namespace";
import { createNetwork } from "./network";
import { serviceUrl } from "./outputs";
import { createOperator } from "./operator";
import { createPostgres } from "./postgres";
import { createRedis } from "./redis";
import { createRequirements } from "./requirements";
import { recorded, resolve } from "./resolve";
import { createRestoreFrom } from "./restore-from";
import { createRestoreGuard } from "./restore-guard";
import { createScripts } from "./scripts";
import { createSecrets } from "./secrets";
import { createStorage } from "./storage";

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
    /** Address of the app's Service: the load balancer's, else the one inside the cluster. */
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
    /** Id of the app's access key, for schemas. */
    public readonly accessKeyId: pulumi.Output<string>;
    /** Name of the Secret with the database's password. Its key is db-password, or password in a Secret that was there before. */
    public readonly databaseSecretName: pulumi.Output<string>;
    /** Name of the Secret with the key that signs tokens, under jwt-secret. */
    public readonly jwtSecretName: pulumi.Output<string>;
    /** Name of the Secret with the app's access key. */
    public readonly awsCredentialsSecretName: pulumi.Output<string>;

    constructor(name: string, args: JustDbCloudArgs, opts?: pulumi.ComponentResourceOptions) {
        const settings = resolve(args, name);
        super("justdb-cloud:index:JustDbCloud", name, recorded(args), opts);

        const bare = createContext(this, name, settings);
        const context = after(bare, createRequirements(bare));
        const inNamespace = after(context, createNamespace(context));
        const network = createNetwork(inNamespace);
        const guarded = after(inNamespace, network);

        const secrets = createSecrets(inNamespace);
        const storage = createStorage(context, inNamespace);
        const scripts = createScripts(guarded);
        const mayRecover = createRestoreGuard(guarded, scripts);
        const archive = createArchive(after(context, mayRecover), after(inNamespace, mayRecover), storage);
        const postgres = createPostgres(
            after(guarded, [...createOperator(context), ...mayRecover, ...archive.created]),
            secrets.database,
        );
        createBaseBackups(guarded, archive, postgres);
        const redis = createRedis(guarded, secrets.redis);
        const operations = createBackup(context, guarded, { scripts, secrets, storage, postgres });
        createDrill(context, guarded, { storage, operations });
        createBackupMetrics(context, guarded, { storage, operations });
        const filled = after(guarded, createRestoreFrom(context, guarded, { storage, restore: operations.restore }));
        const backupFirst = backupStep(context, operations.backup);
        const migrated = after(guarded, [createMigrations(filled, { secrets, postgres }, [backupFirst])]);
        const service = createApplication(migrated, { secrets, storage, postgres, redis });

        this.namespace = pulumi.output(settings.namespace);
        this.serviceName = service.metadata.name;
        this.url = serviceUrl(service, settings.serviceType);
        this.schemasBucket = storage.schemas.bucket;
        this.backupsBucket = storage.backups.bucket;
        this.archiveName = archive.name;
        this.databaseHost = postgres.host;
        this.redisHost = redis.host;
        this.accessKeyId = storage.accessKeyId;
        this.databaseSecretName = pulumi.output(secrets.database.name);
        this.jwtSecretName = pulumi.output(secrets.jwt.name);
        this.awsCredentialsSecretName = pulumi.output(names.awsCredentials);
        this.registerOutputs({
            namespace: this.namespace,
            serviceName: this.serviceName,
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
