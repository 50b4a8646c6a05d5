import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v4";
import * as pulumi from "@pulumi/pulumi";
import { ownChart } from "./lib/charts";
import type { Context } from "./lib/context";
import { names, ports } from "./lib/names";
import { createRoles, externalRoles, type Roles } from "./postgres-roles";
import { postgresValues } from "./postgres-values";
import type { SecretKey } from "./secrets";

export interface Postgres {
    host: pulumi.Output<string>;
    /** JDBC URL, without credentials. */
    jdbcUrl: pulumi.Output<string>;
    port: number;
    /** As whom backups and restores come. */
    roles: Roles;
    /** What the app waits for. */
    ready: pulumi.Resource[];
}

export function createPostgres(context: Context, password: SecretKey): Postgres {
    return context.settings.postgresMode === "managed"
        ? createManaged(context, password)
        : useExternal(context, password);
}

/** CloudNativePG's Cluster, through the chart of this package. The chart is given names of Secrets, never their content. */
function createManaged(context: Context, password: SecretKey): Postgres {
    const { settings, child, stateful } = context;
    const owner = password.value === undefined ? [] : [createOwner(context, password.value)];
    const roles = createRoles(context);
    const ownerSecret = password.value === undefined ? password.name : names.postgresOwner;

    const chart = new helm.Chart(
        child("postgres"),
        {
            chart: ownChart("postgres"),
            name: names.postgresCluster,
            namespace: settings.namespace,
            values: postgresValues(settings, ownerSecret),
        },
        // Deleting the Cluster deletes its volumes. Its options are the chart's: the engine hands them down.
        stateful({ dependsOn: [...owner, ...roles.created] }),
    );
    return {
        host: pulumi.output(`${names.postgresService}.${settings.namespace}.svc`),
        jdbcUrl: pulumi.output(`jdbc:postgresql://${names.postgresService}:5432/${settings.postgresDatabase}`),
        port: ports.postgres,
        roles,
        ready: [chart],
    };
}

/** The operator sets the role's password from this Secret, and again whenever it changes. */
function createOwner({ settings, child, metadata, stateful }: Context, password: pulumi.Output<string>): core.Secret {
    return new core.Secret(
        child("postgres-owner"),
        {
            metadata: metadata(names.postgresOwner, { labels: { "cnpg.io/reload": "true" } }),
            type: "kubernetes.io/basic-auth",
            stringData: { username: settings.postgresUser, password },
        },
        stateful(),
    );
}

function useExternal({ settings }: Context, password: SecretKey): Postgres {
    const { postgresUser, postgresHost, postgresPort, postgresDatabase, postgresSslMode } = settings;
    // The driver's own factory reads the certificate authority from a file in the home folder; this one, Java's trust store.
    const trust = postgresSslMode === "verify-full" ? "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" : "";
    const query = `?sslmode=${postgresSslMode}${trust}`;
    return {
        host: pulumi.output(postgresHost),
        jdbcUrl: pulumi.interpolate`jdbc:postgresql://${postgresHost}:${postgresPort}/${postgresDatabase}${query}`,
        port: postgresPort,
        roles: externalRoles(postgresUser, password),
        ready: [],
    };
}
