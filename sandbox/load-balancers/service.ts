// What the controllers of load balancers read of a Service.

export interface Service {
    metadata: {
        name: string;
        namespace: string;
        uid: string;
        resourceVersion: string;
        annotations?: Record<string, string>;
        deletionTimestamp?: string;
    };
    spec: {
        type: string;
        loadBalancerClass?: string;
        loadBalancerIP?: string;
        sessionAffinity: string;
        ipFamilies?: string[];
        ports: { port: number; nodePort?: number; protocol: string }[];
    };
    status: { loadBalancer: { ingress?: { hostname?: string }[] } };
}

/** A controller: which Services are its own, why it makes no load balancer for one, and where it would make it. */
export interface Controller {
    name: string;
    claims: (service: Service) => boolean;
    /** In the controller's own words; undefined when nothing is against it. */
    refusal: (service: Service) => string | undefined;
    hostname: (service: Service) => string;
    /** How its Events tell of a refusal. */
    event: (refusal: string) => { reason: string; message: string };
}

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

/** An annotation of AWS' controllers, by the end of its name. */
export const annotation = ({ metadata }: Service, name: string): string | undefined =>
    metadata.annotations?.[prefix + name];

/** What the numbers of a health check must be; the first that is none. */
export const noNumber = (service: Service): string | undefined =>
    ["interval", "timeout", "healthy-threshold", "unhealthy-threshold"]
        .map((name) => `healthcheck-${name}`)
        .find((name) => !/^[+-]?\d+$/.test(annotation(service, name) ?? "0"));

/** `key=value,key=value`; undefined when a pair is none. */
export function pairs(text: string): Record<string, string> | undefined {
    const parts = text.split(",").map((pair) => pair.split(/=(.*)/s).map((part) => part.trim()));
    return parts.every(([key, value]) => key && value !== undefined)
        ? Object.fromEntries(parts.map(([key, value]) => [key!, value!]))
        : undefined;
}

/** The name of a network load balancer, which leads nowhere here. */
export const networkHostname = ({ metadata: { uid } }: Service) =>
    `${uid.replaceAll("-", "")}.elb.eu-central-1.amazonaws.com`;
