import * as a from "../config/setting";
import { type NamespaceArgs, Environment } from "./args";

const name = a.dnsLabel({ default: "justdb-cloud", example: "justdb-staging" });
/** Of these Kubernetes and all that runs in the cluster are part: what guards the stack's namespace would cut them off. */
const ofKubernetes = /^(?:default$|kube-)/;

export const schema: a.Schema<NamespaceArgs> = {
    environment: a.choice(Environment, { default: "prod", example: "dev" }),
    namespace: {
        ...name,
        allowed: `${name.allowed}; not default, and none of Kubernetes' own, which begin with kube-`,
        accepts: (value) => name.accepts(value) && !ofKubernetes.test(String(value)),
    },
    createNamespace: a.flag({ default: true, example: false }),
    protect: a.flag({ default: (s) => s.environment === "prod", example: true }),
    imagePullSecrets: a.dnsNames({ default: [], example: ["registry"] }),
    secretsPreflight: a.flag({ default: true, example: false }),
};
