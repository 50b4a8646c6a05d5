import type { PodKind } from "../lib/flow";

export const migrationsName = "justdb-migrations";

export const migrationsPods: PodKind = { name: "migrations", labels: { app: migrationsName } };
