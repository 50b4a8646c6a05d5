export interface TlsArgs {
    /**
     * Secret of type kubernetes.io/tls in the namespace, with the certificate of host. For edge ingress or gateway.
     * @default ""
     * @example "justdb-example-com"
     */
    tlsSecret?: string;

    /**
     * Issuer of cert-manager that makes the certificate of host and renews it: ClusterIssuer/NAME, or Issuer/NAME of one in the namespace. For edge ingress or gateway.
     * @default ""
     * @example "ClusterIssuer/letsencrypt"
     */
    tlsIssuer?: string;

    /**
     * ARN of a certificate of AWS Certificate Manager, with which a load balancer of AWS ends TLS: by edge loadBalancer, or by edge ingress with aws-load-balancer-controller.
     * @default ""
     * @example "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
     */
    tlsCertificateArn?: string;

    /**
     * Lets clients speak plain HTTP, so that everybody on the way can read tokens and schemas. Needed wherever no certificate is set, but behind an internal load balancer of AWS.
     * @default false
     * @example true
     */
    allowPlainHttp?: boolean;

    /**
     * Seconds for which browsers use HTTPS alone, once they have had an answer by it (HSTS). 0: they are not told. Where the edge can say it: a gateway, and an Ingress of Traefik or of AWS Load Balancer Controller.
     * @default 31536000
     * @example 86400
     */
    hstsSeconds?: number;
}
