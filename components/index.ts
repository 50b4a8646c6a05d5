export type { JustDbCloudArgs } from "./args";
export { Environment, PostgresMode, PostgresSslMode, RedisMode, ServiceType } from "./args/enums";
export { JustDbCloud } from "./just-db-cloud";
