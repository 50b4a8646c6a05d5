import * as core from "@pulumi/kubernetes/core/v1";
import type { Labels } from "../lib/labels";
import type { Cluster } from "../lib/scope";
import { ipFamilyPolicy } from "../lib/service";

interface Told {
    /** The end of its resource's name. */
    suffix: string;
    name: string;
    /** Which pods it stands for. */
    selector: Labels;
    port: { name: string; port: number };
    annotations?: Labels;
}

/** A Service by which Prometheus finds pods, and nobody calls any: those that are not ready, and those that drain, are in it too. */
export const createMetricsService = (
    { settings, child, metadata, options }: Cluster,
    { suffix, name, selector, port, annotations }: Told,
): core.Service =>
    new core.Service(
        child(suffix),
        {
            metadata: metadata(name, { labels: { app: name }, annotations }),
            spec: {
                clusterIP: "None",
                selector,
                ports: [{ ...port, targetPort: port.port }],
                publishNotReadyAddresses: true,
                ...ipFamilyPolicy(settings),
            },
        },
        options(),
    );
