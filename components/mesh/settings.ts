import * as a from "../config/setting";
import { Mesh, type MeshArgs, MeshMtls } from "./args";

export const schema: a.Schema<MeshArgs> = {
    mesh: a.choice(Mesh, { default: "none", example: "istio" }),
    meshMtls: a.choice(MeshMtls, { default: "strict", example: "permissive" }),
    meshNamespace: a.dnsLabel({
        default: (s) => (s.mesh === "linkerd" ? "linkerd" : "istio-system"),
        example: "istio-system",
    }),
    meshRevision: a.dnsLabel({ default: "", example: "stable" }),
};
