import * as a from "../config/setting";
import { BlueGreenPromotion, CanaryTraffic, Delivery, type DeliveryArgs } from "./args";
import { step } from "./steps";

export const schema: a.Schema<DeliveryArgs> = {
    delivery: a.choice(Delivery, { default: "rolling", example: "canary" }),
    canarySteps: a.texts(
        'a list of PERCENT%:DURATION, such as ["10%:1m", "50%:5m"]',
        (text) => step(text) !== undefined,
        {
            default: ["10%:1m", "50%:5m"],
            example: ["10%:1m", "50%:5m"],
        },
    ),
    canaryTraffic: a.choice(CanaryTraffic, { default: "pods", example: "gatewayApi" }),
    blueGreenPromotion: a.choice(BlueGreenPromotion, { default: "automatic", example: "manual" }),
    blueGreenAnalysisSeconds: a.integer(10, 86_400, { default: 60, example: 300 }),
    deliveryTimeoutSeconds: a.integer(60, 604_800, { default: 3600, example: 14_400 }),
    analysisPrometheus: a.url({ default: "", example: "http://prometheus.monitoring.svc:9090" }),
    analysisMaxErrorPercent: a.integer(0, 100, { default: 5, example: 1 }),
    analysisMaxP95Milliseconds: a.integer(1, 60_000, { default: 1000, example: 300 }),
    analysisMinRequests: a.integer(1, 1_000_000, { default: 20, example: 500 }),
};
