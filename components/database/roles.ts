import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { Cluster, Waited } from "../lib/scope";
import { secretData } from "../lib/secret-data";
import type { SecretKey } from "../secrets/secrets";
import { names } from "./names";

/** A role of PostgreSQL, and where its password is. */
export interface Role {
    user: string;
    password: SecretKey;
}

/** By which operations log in to the database. Ready are the Secrets with their passwords. */
export interface Roles extends Waited {
    backup: Role;
    restore: Role;
}

/** Their names; postgresUser is never one of them. */
export const roleNames = { backup: "justdb_backup", restore: "justdb_restore" } as const;

/** What CloudNativePG grants them, as values of the chart: to read everything, and to put another database in the place of one. */
export const managedRoles = (owner: string) => [
    { name: roleNames.backup, createdb: false, inRoles: ["pg_read_all_data"], passwordSecret: names.backupRole },
    {
        name: roleNames.restore,
        createdb: true,
        // The owner may rename and fill a database; connections of others are in its way, and it may end them. The size of the
        // write-ahead log tells whether there is room.
        inRoles: [owner, "pg_signal_backend", "pg_monitor"],
        passwordSecret: names.restoreRole,
    },
];

/** Roles of a managed PostgreSQL: the operator makes them, and sets the passwords from these Secrets. */
export function createRoles(cluster: Cluster): Roles {
    const backup = createRole(cluster, "postgres-backup", roleNames.backup, names.backupRole);
    const restore = createRole(cluster, "postgres-restore", roleNames.restore, names.restoreRole);
    return { backup: backup.role, restore: restore.role, ready: [backup.secret, restore.secret] };
}

/** The operator reads the Secret as long as the database is there, which outlives a protected stack. */
function createRole({ child, metadata, stateful }: Cluster, suffix: string, user: string, name: string) {
    const generated = new RandomPassword(child(`${suffix}-password`), { length: 32, special: false }, stateful());
    const value = pulumi.secret(generated.result);
    const secret = new core.Secret(
        child(suffix),
        {
            metadata: metadata(name, { labels: { "cnpg.io/reload": "true" } }),
            type: "kubernetes.io/basic-auth",
            data: secretData({ username: user, password: value }),
        },
        stateful(),
    );
    const role: Role = { user, password: { name, key: "password", value } };
    return { role, secret };
}

/** An external server has the one role that it is known by. What it must be granted for a restore stands in docs/runbooks/. */
export function externalRoles(user: string, password: SecretKey): Roles {
    const role = { user, password };
    return { backup: role, restore: role, ready: [] };
}
