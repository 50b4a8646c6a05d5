// Whether clients speak TLS, and with which certificate. Pure.
import type { Resolved } from "../parts";
import { names } from "./names";

/** The Secret with the certificate, where one in the cluster ends TLS; empty where none does. */
export const tlsSecretName = ({ tlsSecret, tlsIssuer }: Resolved) => (tlsIssuer === "" ? tlsSecret : names.tls);

/** Whether a certificate is set. */
export const hasCertificate = (s: Resolved) => tlsSecretName(s) !== "" || s.tlsCertificateArn !== "";

/** Whether clients speak TLS. A Gateway that was there before has a certificate by itself, unless the settings say otherwise. */
export const speaksTls = (s: Resolved) => hasCertificate(s) || (s.gatewayName !== "" && !s.allowPlainHttp);

/** The value of the header Strict-Transport-Security; empty where it is not sent. */
export const strictTransport = (s: Resolved) => (speaksTls(s) && s.hstsSeconds > 0 ? `max-age=${s.hstsSeconds}` : "");
