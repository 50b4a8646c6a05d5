export interface GatewayArgs {
    /**
     * GatewayClass of a Gateway of its own, for host alone. With edge gateway, this or gatewayName.
     * @default ""
     * @example "traefik"
     */
    gatewayClass?: string;

    /**
     * Gateway that is there already. Its listeners must admit routes of the namespace; with tlsSecret or tlsIssuer it must admit ListenerSets of the namespace in their place (allowedListeners).
     * @default ""
     * @example "shared"
     */
    gatewayName?: string;

    /**
     * Namespace of the Gateway that gatewayName names. Empty: the stack's own.
     * @default ""
     * @example "gateways"
     */
    gatewayNamespace?: string;

    /**
     * Listener of that Gateway, by its name, that has the certificate of host. Required with gatewayName, where neither tlsSecret nor tlsIssuer is set.
     * @default ""
     * @example "https"
     */
    gatewaySection?: string;

    /**
     * Listener of that Gateway, by its name, for plain HTTP, which shall redirect to HTTPS. Empty: a listener of its own where there is a certificate of its own, else no redirect.
     * @default ""
     * @example "http"
     */
    gatewayRedirectSection?: string;

    /**
     * Port of its own listener for HTTPS, as the gateway's controller counts ports: Traefik's chart listens at 8443, and its Service leads 443 there.
     * @default 443
     * @example 8443
     */
    gatewayHttpsPort?: number;

    /**
     * Port of its own listener for HTTP, as the gateway's controller counts ports: Traefik's chart listens at 8000, and its Service leads 80 there.
     * @default 80
     * @example 8000
     */
    gatewayHttpPort?: number;
}
