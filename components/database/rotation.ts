// The roles of later generations. There are two of each, used in turn, so that those of one generation and of the one before it are let in
// side by side. The owner of all objects stays the same: it is the first generation's login, and from then on nobody's.
import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import { generations, type Turn, turnOf } from "../lib/generation";
import { type Cluster, later, type Waited } from "../lib/scope";
import { names } from "./names";
import { createPassword, type Purpose, purposes, rightsOf, roleNames, type Roles } from "./roles";

const userOf = (purpose: Purpose, turn: Turn) => `justdb_${purpose}_${turn}`;

/** The roles of the generation in use. Ready when the server lets them in. The passwords of the one before it stay until all use the new ones. */
export function createRotatedRoles(cluster: Cluster): Roles {
    const { postgresUser, postgresPasswordGeneration } = cluster.settings;
    const { current, former = 1 } = generations(postgresPasswordGeneration);
    keepPasswords(cluster, former);
    const turn = turnOf(current);
    const create = (purpose: Purpose) => {
        const { role, secret, age } = createPassword(cluster, purpose, userOf(purpose, turn), current, true);
        const object = createRole(later(cluster, { ready: [secret] }), `${purpose}-role-${turn}`, {
            name: role.user,
            login: true,
            ...rightsOf(postgresUser)[purpose],
            passwordSecret: { name: role.password.name },
        });
        return { role, age, object };
    };
    const [login, backup, restore] = [create("login"), create("backup"), create("restore")];
    const all = [login, backup, restore];
    return {
        login: login.role,
        backup: backup.role,
        restore: restore.role,
        ages: all.map(({ age }) => age),
        ready: all.map(({ object }) => object),
    };
}

/** That of the first generation's login is the owner's, which is kept for good: a Cluster names it. */
function keepPasswords(cluster: Cluster, generation: number): void {
    if (generation === 1) {
        createPassword(cluster, "backup", roleNames.backup, 1, false);
        createPassword(cluster, "restore", roleNames.restore, 1, false);
        return;
    }
    for (const purpose of purposes) {
        createPassword(cluster, purpose, userOf(purpose, turnOf(generation)), generation, false);
    }
}

/**
 * Lets nobody in any more by a role of another generation, whichever it was: a database that was recovered has those of the one that wrote
 * its archive. For what comes after everything that logs in.
 */
export function closeFormerRoles(cluster: Cluster): Waited {
    const { postgresMode, postgresUser, postgresPasswordGeneration: current } = cluster.settings;
    if (postgresMode === "external" || current === 1) return { ready: [] };
    const other = turnOf(current + 1);
    const former = [
        ["owner-role", postgresUser],
        ["backup-role", roleNames.backup],
        ["restore-role", roleNames.restore],
        ...purposes.map((purpose) => [`${purpose}-role-${other}`, userOf(purpose, other)]),
    ];
    const closed = { login: false, inRoles: [], disablePassword: true };
    return { ready: former.map(([suffix, name]) => createRole(cluster, suffix!, { name: name!, ...closed })) };
}

/** A role that CloudNativePG makes, or changes to this. Ready when it has. */
function createRole(
    { child, metadata, options }: Cluster,
    suffix: string,
    spec: { name: string; login: boolean; [more: string]: unknown },
): pulumi.Resource {
    return new apiextensions.CustomResource(
        child(`postgres-${suffix}`),
        {
            apiVersion: "postgresql.cnpg.io/v1",
            kind: "DatabaseRole",
            metadata: metadata(`justdb-postgres-${suffix}`, {
                annotations: { "pulumi.com/waitFor": "jsonpath={.status.applied}=true" },
            }),
            // The role outlives the object, as the database does.
            spec: { cluster: { name: names.cluster }, databaseRoleReclaimPolicy: "retain", ...spec },
        },
        options(),
    );
}
