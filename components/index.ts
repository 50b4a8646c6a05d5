export { PostgresMode, PostgresSslMode } from "./database/args";
export { LoadBalancerController, LoadBalancerScheme, ServiceType, SessionAffinity } from "./edge/args";
export { JustDbCloud } from "./just-db-cloud";
export { Environment } from "./namespace/args";
export { IpFamilies } from "./network/args";
export type { JustDbCloudArgs } from "./parts";
export { RedisMode } from "./redis/args";
