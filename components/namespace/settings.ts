import * as a from "../config/setting";
import { type NamespaceArgs, Environment } from "./args";

export const schema: a.Schema<NamespaceArgs> = {
    environment: a.choice(Environment, { default: "prod", example: "dev" }),
    namespace: a.dnsLabel({ default: "justdb-cloud", example: "justdb-staging" }),
    createNamespace: a.flag({ default: true, example: false }),
    protect: a.flag({ default: (s) => s.environment === "prod", example: true }),
    imagePullSecrets: a.dnsNames({ default: [], example: ["registry"] }),
    secretsPreflight: a.flag({ default: true, example: false }),
};
