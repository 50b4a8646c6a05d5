import type { GatewayArgs } from "./gateway-args";
import type { IngressArgs } from "./ingress-args";
import type { LoadBalancerArgs } from "./load-balancer-args";
import type { ServiceArgs } from "./service-args";
import type { TlsArgs } from "./tls-args";

export interface EdgeArgs extends ServiceArgs, TlsArgs, LoadBalancerArgs, IngressArgs, GatewayArgs {}
