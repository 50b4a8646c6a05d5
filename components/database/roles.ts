import * as core from "@pulumi/kubernetes/core/v1";
import { type Age, ageOf } from "../lib/age";
import { ofGeneration } from "../lib/generation";
import type { Cluster, Waited } from "../lib/scope";
import { secretData } from "../lib/secret-data";
import { generate } from "../secrets/generated";
import { secretNameOf } from "../secrets/names";
import type { SecretKey } from "../secrets/secrets";
import { names } from "./names";

/** A role of PostgreSQL, and where its password is. */
export interface Role {
    user: string;
    password: SecretKey;
}

/** By which the app and operations log in to the database. Ready is what they need to be let in. */
export interface Roles extends Waited {
    login: Role;
    backup: Role;
    restore: Role;
    /** Of the passwords that are made here. */
    ages: Age[];
}

/** Names of the first generation's; postgresUser, by which the app logs in then, is never one of them. */
export const roleNames = { backup: "justdb_backup", restore: "justdb_restore" } as const;

export const purposes = ["login", "backup", "restore"] as const;
export type Purpose = (typeof purposes)[number];

/** How a role's password is called, as a child and as a Secret. */
export const suffixOf = (purpose: Purpose) => `postgres-${purpose}`;

/** What CloudNativePG grants them: to be the owner, to read everything, and to put another database in the place of one. */
export const rightsOf = (owner: string): Record<Purpose, { createdb: boolean; inRoles: string[] }> => ({
    login: { createdb: false, inRoles: [owner] },
    backup: { createdb: false, inRoles: ["pg_read_all_data"] },
    restore: {
        createdb: true,
        // The owner may rename and fill a database; connections of others are in its way, and it may end them. The size of the
        // write-ahead log tells whether there is room.
        inRoles: [owner, "pg_signal_backend", "pg_monitor"],
    },
});

/** Those of the first generation stand in the Cluster, as values of the chart. Each later one is an object of its own. */
export const managedRoles = (owner: string, generation: number) =>
    generation > 1
        ? []
        : [
              { name: roleNames.backup, ...rightsOf(owner).backup, passwordSecret: names.backupRole },
              { name: roleNames.restore, ...rightsOf(owner).restore, passwordSecret: names.restoreRole },
          ];

/** Roles of a managed PostgreSQL, of the first generation: the operator makes them, and sets the passwords from these Secrets. */
export function createRoles(cluster: Cluster, owner: SecretKey): Roles {
    const backup = createPassword(cluster, "backup", roleNames.backup, 1, true);
    const restore = createPassword(cluster, "restore", roleNames.restore, 1, true);
    return {
        login: { user: cluster.settings.postgresUser, password: owner },
        backup: backup.role,
        restore: restore.role,
        ages: [backup.age, restore.age],
        ready: [backup.secret, restore.secret],
    };
}

/** The operator reads the Secret as long as the database is there, which outlives a protected stack. One that is no longer in use may go. */
export function createPassword(cluster: Cluster, purpose: Purpose, user: string, generation: number, isInUse: boolean) {
    const { child, metadata, stateful, options } = cluster;
    const suffix = suffixOf(purpose);
    const { value } = generate(cluster, { suffix: `${suffix}-password`, length: 32 }, generation, isInUse);
    const name = ofGeneration(secretNameOf(suffix), generation);
    const secret = new core.Secret(
        child(ofGeneration(suffix, generation)),
        {
            metadata: metadata(name, { labels: { "cnpg.io/reload": "true" } }),
            type: "kubernetes.io/basic-auth",
            data: secretData({ username: user, password: value }),
        },
        isInUse ? stateful() : options(),
    );
    const role: Role = { user, password: { name, key: "password", value } };
    return { role, secret, age: ageOf(suffix, secret) };
}

/** An external server has the one role that it is known by. What it must be granted for a restore stands in docs/runbooks/. */
export function externalRoles(user: string, password: SecretKey): Roles {
    const role = { user, password };
    return { login: role, backup: role, restore: role, ages: [], ready: [] };
}
