import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { type Authority, authorityFile } from "../lib/authority";
import { checksum } from "../lib/checksum";
import type { Cluster } from "../lib/scope";
import { secretData } from "../lib/secret-data";
import { trustStore } from "../lib/trust-store";

/** By what pods know the S3 API, where public authorities do not. */
export interface StorageAuthority {
    /** For Python, which asks nothing else by it. */
    certificates: Authority;
    /** For Java, with the public authorities as well: it is what the whole program trusts. */
    trustStore: Authority;
    /** For the archive, whose plugin takes nothing but a Secret. */
    secret: { name: string; key: string };
}

const secretName = "justdb-storage-ca";
const inSecret = { certificates: "ca.crt", trustStore: "truststore.p12" };

/** Undefined where public authorities know it. The public ones of the Secret are those of the Node.js that runs the update. */
export function createStorageAuthority(cluster: Cluster): StorageAuthority | undefined {
    const { settings, child, metadata, options } = cluster;
    if (settings.storageCaCertificates === "") return undefined;
    const certificates = pulumi.output(settings.storageCaCertificates);
    const store = certificates.apply((own) => trustStore([...inPem(own), ...rootCertificates].map(inDer)));
    const secret = new core.Secret(
        child("storage-ca"),
        {
            metadata: metadata(secretName),
            type: "Opaque",
            data: {
                ...secretData({ [inSecret.certificates]: pulumi.secret(certificates) }),
                [inSecret.trustStore]: pulumi.secret(store.apply((bytes) => bytes.toString("base64"))),
            },
        },
        options(),
    );
    const authority = (key: string, path: string): Authority => ({
        file: authorityFile(path),
        source: { secret: { name: secretName, items: [{ key, path }] } },
        // Public authorities come and go with versions of Node.js, which is no reason to roll pods.
        checksum: certificates.apply(checksum),
        ready: [secret],
    });
    return {
        certificates: authority(inSecret.certificates, "storage.pem"),
        trustStore: authority(inSecret.trustStore, "storage.p12"),
        secret: { name: secretName, key: inSecret.certificates },
    };
}

const inPem = (text: string): string[] =>
    text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
const inDer = (pem: string): Buffer => new X509Certificate(pem).raw;
