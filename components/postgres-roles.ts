import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { Context } from "./lib/context";
import { names } from "./lib/names";
import type { SecretKey } from "./secrets";

/** A role of PostgreSQL, and where its password is. */
export interface Role {
    user: string;
    password: SecretKey;
}

/** As whom operations come to the database. */
export interface Roles {
    backup: Role;
    restore: Role;
    /** The Secrets, for whoever waits for them. */
    created: pulumi.Resource[];
}

/** Their names; postgresUser is never one of them. */
export const roleNames = { backup: "justdb_backup", restore: "justdb_restore" } as const;

/** What CloudNativePG grants them, as values of the chart: to read everything, and to put another database in the place of one. */
export const managedRoles = (owner: string) => [
    { name: roleNames.backup, createdb: false, inRoles: ["pg_read_all_data"], passwordSecret: names.postgresBackup },
    {
        name: roleNames.restore,
        createdb: true,
        // The owner may rename and fill a database; connections of others are in its way, and it may end them. The size of the
        // write-ahead log tells whether there is room.
        inRoles: [owner, "pg_signal_backend", "pg_monitor"],
        passwordSecret: names.postgresRestore,
    },
];

/** Roles of a managed PostgreSQL: the operator makes them, and sets the passwords from these Secrets. */
export function createRoles(context: Context): Roles {
    const backup = createRole(context, "postgres-backup", roleNames.backup, names.postgresBackup);
    const restore = createRole(context, "postgres-restore", roleNames.restore, names.postgresRestore);
    return { backup: backup.role, restore: restore.role, created: [backup.secret, restore.secret] };
}

/** Its password is nobody's to keep: a new one is as good, so it is not protected. */
function createRole({ child, metadata, options }: Context, suffix: string, user: string, name: string) {
    const generated = new RandomPassword(child(`${suffix}-password`), { length: 32, special: false }, options());
    const value = pulumi.secret(generated.result);
    const secret = new core.Secret(
        child(suffix),
        {
            metadata: metadata(name, { labels: { "cnpg.io/reload": "true" } }),
            type: "kubernetes.io/basic-auth",
            stringData: { username: user, password: value },
        },
        options(),
    );
    const role: Role = { user, password: { name, key: "password", value } };
    return { role, secret };
}

/** An external server has the one role that it is known by. What it must be granted for a restore stands in docs/runbooks/. */
export function externalRoles(user: string, password: SecretKey): Roles {
    const role = { user, password };
    return { backup: role, restore: role, created: [] };
}
