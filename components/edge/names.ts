import { names as app } from "../app/names";

/** Names of the edge's objects beside the Service, whose name they bear where each is the only one of its kind. */
export const names = {
    edge: app.app,
    redirect: `${app.app}-redirect`,
    hsts: `${app.app}-hsts`,
    bodySize: `${app.app}-body-size`,
    /** The certificate that cert-manager makes. */
    tls: "justdb-tls",
} as const;
