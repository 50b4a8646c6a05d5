import { names as app } from "../app/names";
import type { PodKind } from "../lib/flow";

/** Names of the edge's objects beside the Service, whose name they bear where each is the only one of its kind. */
export const names = {
    edge: app.app,
    redirect: `${app.app}-redirect`,
    hsts: `${app.app}-hsts`,
    bodySize: `${app.app}-body-size`,
    /** The certificate that cert-manager makes. */
    tls: "justdb-tls",
} as const;

/** Pods of cert-manager that answer an issuer which wants its proof by HTTP (ACME's HTTP-01). They come and go in the namespace. */
export const solverPods: PodKind = { name: "acme-solver", labels: { "acme.cert-manager.io/http01-solver": "true" } };
export const solverPort = 8089;
