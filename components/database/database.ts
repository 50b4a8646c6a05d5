import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v4";
import * as pulumi from "@pulumi/pulumi";
import type { Scripts } from "../backup/scripts";
import { type Authority, authorityOf, createAuthority } from "../lib/authority";
import { ownChart } from "../lib/chart";
import { type Cluster, later, type Waited } from "../lib/scope";
import { secretData } from "../lib/secret-data";
import { inUrl } from "../lib/url";
import { owner } from "../namespace/owner";
import type { Resolved } from "../parts";
import type { SecretKey } from "../secrets/secrets";
import type { PostgresSslMode } from "./args";
import { names, ports } from "./names";
import { createRoles, externalRoles, type Roles } from "./roles";
import { createRotatedRoles } from "./rotation";
import { createSettled } from "./settled";
import { chartValues } from "./values";

/** Ready when it takes connections. */
export interface Database extends Waited {
    host: pulumi.Output<string>;
    /** JDBC URL, without credentials. */
    jdbcUrl: pulumi.Output<string>;
    port: number;
    /** How it is connected to: libpq's sslmode. */
    sslMode: PostgresSslMode;
    /** What it is verified by, where that is not the public authorities. */
    authority?: Authority;
    /** By which the app, backups and restores log in. */
    roles: Roles;
}

export const createDatabase = (cluster: Cluster, password: SecretKey, scripts: Scripts): Database =>
    cluster.settings.postgresMode === "managed"
        ? createManaged(cluster, password, scripts)
        : useExternal(cluster, password);

/** CloudNativePG's Cluster, through the chart of this package. The chart is given names of Secrets, never their content. */
function createManaged(cluster: Cluster, password: SecretKey, scripts: Scripts): Database {
    const { settings, child, stateful } = cluster;
    const ownerAccount = password.value === undefined ? [] : [createOwner(cluster, password.value)];
    const isFirst = settings.postgresPasswordGeneration === 1;
    const first = isFirst ? createRoles(cluster, password) : undefined;
    const ownerSecret = password.value === undefined ? password.name : names.owner;

    const values = chartValues(settings, owner(cluster), ownerSecret);
    const chart = new helm.Chart(
        child("postgres"),
        {
            chart: ownChart("database"),
            name: names.cluster,
            namespace: settings.namespace,
            values,
        },
        // Deleting the Cluster deletes its volumes. Its options are the chart's: the engine hands them down.
        stateful({ dependsOn: [...ownerAccount, ...(first?.ready ?? [])] }),
    );
    // The operator's own. The certificate that it signs holds the names of each Service of the Cluster.
    const authority = authorityOf("postgres", names.authority);
    const settled = createSettled(cluster, scripts, values.checksum, [chart]);
    const roles = first ?? createRotatedRoles(later(cluster, settled));
    return {
        host: pulumi.output(`${names.service}.${settings.namespace}.svc`),
        jdbcUrl: pulumi.output(
            `jdbc:postgresql://${names.service}:5432/${settings.postgresDatabase}${jdbcQuery("verify-full", authority)}${isFirst ? "" : asOwner(settings)}`,
        ),
        port: ports.postgres,
        sslMode: "verify-full",
        authority,
        roles,
        ready: [chart, ...settled.ready, ...roles.ready],
    };
}

/** Whatever a login of a later generation makes belongs to the owner, as what was made before. */
const asOwner = ({ postgresUser }: Resolved) => `&options=-c%20role%3D${postgresUser}`;

/** The operator sets the role's password from this Secret, and again whenever it changes. */
function createOwner({ settings, child, metadata, stateful }: Cluster, password: pulumi.Output<string>): core.Secret {
    return new core.Secret(
        child("postgres-owner"),
        {
            metadata: metadata(names.owner, { labels: { "cnpg.io/reload": "true" } }),
            type: "kubernetes.io/basic-auth",
            data: secretData({ username: settings.postgresUser, password }),
        },
        stateful(),
    );
}

/** Without an authority, the driver's own factory would look for one in the home folder; the other one, in Java's trust store. */
function jdbcQuery(sslMode: PostgresSslMode, authority?: Authority): string {
    const mode = `?sslmode=${sslMode}`;
    if (authority) return `${mode}&sslrootcert=${authority.file}`;
    return sslMode === "verify-full" ? `${mode}&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory` : mode;
}

function useExternal(cluster: Cluster, password: SecretKey): Database {
    const { postgresUser, postgresHost, postgresPort, postgresDatabase, postgresSslMode, postgresCaCertificates } =
        cluster.settings;
    const authority = createAuthority(cluster, "postgres", postgresCaCertificates);
    const query = jdbcQuery(postgresSslMode, authority);
    return {
        host: pulumi.output(postgresHost),
        jdbcUrl: pulumi.interpolate`jdbc:postgresql://${pulumi.output(postgresHost).apply(inUrl)}:${postgresPort}/${postgresDatabase}${query}`,
        port: postgresPort,
        sslMode: postgresSslMode,
        authority,
        roles: externalRoles(postgresUser, password),
        ready: authority?.ready ?? [],
    };
}
