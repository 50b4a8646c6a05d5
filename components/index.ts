export { PostgresMode, PostgresSslMode } from "./database/args";
export { IngressController } from "./edge/ingress-args";
export { LoadBalancerController, LoadBalancerScheme } from "./edge/load-balancer-args";
export { Edge, SessionAffinity } from "./edge/service-args";
export { JustDbCloud } from "./just-db-cloud";
export { Environment } from "./namespace/args";
export { IpFamilies } from "./network/args";
export type { JustDbCloudArgs } from "./parts";
export { RedisMode } from "./redis/args";
