/** How a new version of the app takes the place of the old one. */
export const Delivery = {
    /** Pod by pod, by a Deployment. */
    Rolling: "rolling",
    /** Step by step, for a growing share of the requests, by Argo Rollouts. */
    Canary: "canary",
    /** All at once, after all new pods are ready beside the old ones, by Argo Rollouts. */
    BlueGreen: "blueGreen",
} as const;
export type Delivery = (typeof Delivery)[keyof typeof Delivery];

/** Who gives a canary its share of the requests. */
export const CanaryTraffic = {
    /** Nobody: its share is that of its pods among all pods. */
    Pods: "pods",
    /** The gateway, by the weights of the HTTPRoute. */
    GatewayApi: "gatewayApi",
    /** Traefik as the gateway, by the weights of a TraefikService. */
    Traefik: "traefik",
    /** An application load balancer of AWS. */
    Alb: "alb",
} as const;
export type CanaryTraffic = (typeof CanaryTraffic)[keyof typeof CanaryTraffic];

/** Who lets a blue-green update switch. */
export const BlueGreenPromotion = {
    /** Nobody is asked: it switches when the new pods are ready and, where they are judged, found good. */
    Automatic: "automatic",
    /** Somebody, by hand. */
    Manual: "manual",
} as const;
export type BlueGreenPromotion = (typeof BlueGreenPromotion)[keyof typeof BlueGreenPromotion];

export interface DeliveryArgs {
    /**
     * How a new version takes the place of the old one: rolling, pod by pod; canary, for a growing share of the requests (canarySteps); blueGreen, all at once, after all new pods are ready. The last two need Argo Rollouts in the cluster. A change of it drops no request.
     * @default "rolling"
     * @example "canary"
     */
    delivery?: Delivery;

    /**
     * With delivery canary, the shares of requests that the new version gets before it gets all of them, and for how long each: PERCENT%:DURATION, with s, m or h.
     * @default ["10%:1m","50%:5m"]
     * @example ["5%:10m","25%:10m","50%:30m"]
     */
    canarySteps?: string[];

    /**
     * With delivery canary, who gives the new version its share: pods, as its part of all pods, so that 10% of 3 pods is 1 of 4; or exactly: gatewayApi, the gateway by the HTTPRoute (Argo Rollouts' plugin argoproj-labs/gatewayAPI); traefik, Traefik as the gateway by a TraefikService; alb, an application load balancer of AWS.
     * @default "pods"
     * @example "gatewayApi"
     */
    canaryTraffic?: CanaryTraffic;

    /**
     * With delivery blueGreen, who lets it switch: automatic, as soon as the new pods are ready and, with analysisPrometheus, the requests to the Service justdb-cloud-preview were found good; or manual, somebody by hand, for whom an update waits deliveryTimeoutSeconds.
     * @default "automatic"
     * @example "manual"
     */
    blueGreenPromotion?: BlueGreenPromotion;

    /**
     * With delivery blueGreen and analysisPrometheus, seconds for which requests are judged: before the switch where it is automatic, and after it.
     * @default 60
     * @example 300
     */
    blueGreenAnalysisSeconds?: number;

    /**
     * Seconds for which an update waits for somebody: to let a blue-green update switch, or to go on with one that was paused.
     * @default 3600
     * @example 14400
     */
    deliveryTimeoutSeconds?: number;

    /**
     * URL of the Prometheus that has the metrics of the app's pods, as Argo Rollouts' controller reaches it. With it, requests to a new version are judged while it is canary or blueGreen, and a bad one is taken back. Empty: nobody judges.
     * @default ""
     * @example "http://prometheus.monitoring.svc:9090"
     */
    analysisPrometheus?: string;

    /**
     * Percent of the requests to a new version that may end with a server's error (5xx). With more, it is taken back.
     * @default 5
     * @example 1
     */
    analysisMaxErrorPercent?: number;

    /**
     * Milliseconds within which a new version must answer 95 of 100 requests. When it takes longer, it is taken back.
     * @default 1000
     * @example 300
     */
    analysisMaxP95Milliseconds?: number;

    /**
     * Requests without which a version is not judged: one that got fewer in one of canarySteps, or in blueGreenAnalysisSeconds, is taken back.
     * @default 20
     * @example 500
     */
    analysisMinRequests?: number;
}
