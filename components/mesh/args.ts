/** The service mesh that the app's pods are in. */
export const Mesh = {
    /** None. */
    None: "none",
    /** Istio, by a sidecar in each pod. */
    Istio: "istio",
    /** Istio, by a proxy on each node. */
    IstioAmbient: "istioAmbient",
    /** Linkerd, by a sidecar in each pod. */
    Linkerd: "linkerd",
} as const;
export type Mesh = (typeof Mesh)[keyof typeof Mesh];

/** From whom the app takes connections. */
export const MeshMtls = {
    /** From the mesh alone, by mutual TLS. */
    Strict: "strict",
    /** Plain ones from others too. */
    Permissive: "permissive",
} as const;
export type MeshMtls = (typeof MeshMtls)[keyof typeof MeshMtls];

export interface MeshArgs {
    /**
     * Service mesh that the app's pods are in: none, istio (sidecars), istioAmbient, or linkerd. It must be installed, with its CNI plugin. What calls the app must be in it too: see docs/mesh.md.
     * @default "none"
     * @example "istio"
     */
    mesh?: Mesh;

    /**
     * From whom the app takes connections: strict, from pods in the mesh alone, by mutual TLS; or permissive, plain ones from others too, as from a load balancer that sends to the pods itself, or as long as not every caller is in the mesh.
     * @default "strict"
     * @example "permissive"
     */
    meshMtls?: MeshMtls;

    /**
     * Namespace of the mesh's control plane, from which sidecars have their configuration and certificates. For mesh istio or linkerd.
     * @default istio-system; linkerd with mesh linkerd
     * @example "istio-system"
     */
    meshNamespace?: string;

    /**
     * Revision of Istio that adds the sidecar, or a tag of one, where Istio is installed by revisions. For mesh istio. Empty: the default one.
     * @default ""
     * @example "stable"
     */
    meshRevision?: string;
}
