import { X509Certificate } from "node:crypto";

const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;

/** All that stands in it as PEM is a certificate: a private key, which would be in plain in the cluster, is refused. */
export function areCertificates(value: string): boolean {
    const blocks = value.match(pemBlock) ?? [];
    const marks = value.match(/-----BEGIN /g) ?? [];
    return blocks.length > 0 && blocks.length === marks.length && blocks.every(isCertificate);
}

function isCertificate(block: string): boolean {
    try {
        new X509Certificate(block);
        return block.startsWith("-----BEGIN CERTIFICATE-----");
    } catch {
        return false;
    }
}
