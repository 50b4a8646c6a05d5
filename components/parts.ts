// Joins what the parts say of themselves. Beside it, only just-db-cloud.ts knows all parts.
import { appPart } from "./app/part";
import type { AppArgs } from "./app/args";
import type { ArchiveArgs } from "./archive/args";
import { archivePart } from "./archive/part";
import type { BackupArgs } from "./backup/args";
import { backupPart } from "./backup/part";
import type { Setting } from "./config/setting";
import type { DatabaseArgs } from "./database/args";
import { databasePart } from "./database/part";
import type { DeliveryArgs } from "./delivery/args";
import { deliveryPart } from "./delivery/part";
import { doctorPart } from "./doctor/part";
import type { DrillArgs } from "./drill/args";
import { drillPart } from "./drill/part";
import type { EdgeArgs } from "./edge/args";
import { edgePart } from "./edge/part";
import { generationsPart } from "./generations/part";
import type { IdentityArgs } from "./identity/args";
import { identityPart } from "./identity/part";
import type { ImagesArgs } from "./images/args";
import { imagesPart } from "./images/part";
import type { Former, Part } from "./lib/part";
import type { MeshArgs } from "./mesh/args";
import { meshPart } from "./mesh/part";
import type { MigrationsArgs } from "./migrations/args";
import { migrationsPart } from "./migrations/part";
import type { NamespaceArgs } from "./namespace/args";
import { namespacePart } from "./namespace/part";
import type { NetworkArgs } from "./network/args";
import { networkPart } from "./network/part";
import type { PlacementArgs } from "./placement/args";
import { placementPart } from "./placement/part";
import type { RedisArgs } from "./redis/args";
import { redisPart } from "./redis/part";
import { requirementsPart } from "./requirements/part";
import type { RestoreArgs } from "./restore/args";
import { restorePart } from "./restore/part";
import { secretsPart } from "./secrets/part";
import type { SightArgs } from "./sight/args";
import { sightPart } from "./sight/part";
import type { StorageArgs } from "./storage/args";
import { storagePart } from "./storage/part";

/**
 * The arguments of JustDbCloud. Each is a configuration key of the same name in the Pulumi program of this package.
 * Plain values decide which resources exist; Inputs fill in content.
 */
export interface JustDbCloudArgs
    extends
        NamespaceArgs,
        ImagesArgs,
        PlacementArgs,
        AppArgs,
        EdgeArgs,
        MeshArgs,
        DeliveryArgs,
        StorageArgs,
        IdentityArgs,
        DatabaseArgs,
        MigrationsArgs,
        BackupArgs,
        ArchiveArgs,
        DrillArgs,
        RestoreArgs,
        SightArgs,
        RedisArgs,
        NetworkArgs {}

export type Key = keyof JustDbCloudArgs;

/** The arguments with every default filled in. An empty text, list or map means "not set". */
export type Resolved = Required<JustDbCloudArgs>;

/** In the order of the documentation, and so that a default follows only from settings before it. */
export const parts: Part[] = [
    namespacePart,
    imagesPart,
    placementPart,
    appPart,
    edgePart,
    meshPart,
    deliveryPart,
    storagePart,
    identityPart,
    databasePart,
    migrationsPart,
    backupPart,
    archivePart,
    drillPart,
    restorePart,
    sightPart,
    redisPart,
    networkPart,
    generationsPart,
    doctorPart,
    requirementsPart,
    secretsPart,
];

/** What every argument may be. */
export const schema = Object.assign({}, ...parts.map((part) => part.schema)) as Record<Key, Setting>;

/** Arguments of earlier versions that are no more. */
export const former = Object.assign({}, ...parts.map((part) => part.former)) as Record<string, Former | undefined>;

export const keys = Object.keys(schema) as Key[];

/** Every connection that is allowed in the namespace. Pure. */
export const flows = (settings: Resolved) => parts.flatMap((part) => part.flows?.(settings) ?? []);

/** All that can be in the namespace at once. Pure. */
export const demands = (settings: Resolved) => parts.flatMap((part) => part.demands?.(settings) ?? []);

/** What this stack takes for granted of the cluster. Pure. */
export const requirements = (settings: Resolved) => parts.flatMap((part) => part.requirements?.(settings) ?? []);

/** What of an earlier update this one must not change without being told. Pure. */
export const agreements = (settings: Resolved) => parts.flatMap((part) => part.agreements?.(settings) ?? []);
