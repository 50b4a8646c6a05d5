import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { trustStore } from "../../../../components/lib/trust-store";
import { anAuthority } from "../../../support/an-authority";

const inDer = (pem: string) => new X509Certificate(pem).raw;
const openssl = (args: string[], input: Buffer) =>
    execFileSync("openssl", args, { input, stdio: ["pipe", "pipe", "ignore"] }).toString();

describe("the trust store of Java", () => {
    it("is a PKCS #12 with no password that holds the certificates as they are", () => {
        const some = [anAuthority, ...rootCertificates.slice(0, 3)].map(inDer);
        const read = openssl(["pkcs12", "-nokeys", "-passin", "pass:"], trustStore(some));
        const found = read.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g)!.map(inDer);
        assert.deepEqual(found, some);
    });

    it("is so long as it says, with lengths of one byte and of several", () => {
        for (const count of [0, 1, rootCertificates.length]) {
            const store = trustStore(rootCertificates.slice(0, count).map(inDer));
            const read = openssl(["asn1parse", "-inform", "DER"], store);
            assert.match(read, /^ +0:d=0 +hl=\d+ l= *\d+ cons: SEQUENCE/, String(count));
            assert.equal((read.match(/:pkcs7-data/g) ?? []).length, 1);
        }
    });

    it("says of each certificate that Java may trust it, and by which name of its own", () => {
        const text = trustStore([inDer(anAuthority)]);
        const trusted = "\x06\x0c\x60\x86\x48\x01\x86\xf9\x66\xad\xca\x7b\x01\x01";
        assert.ok(text.includes(Buffer.from(trusted, "latin1")));
        assert.ok(text.includes(Buffer.from("authority-0", "utf16le").swap16()));
    });

    it("is the same for the same certificates", () => {
        assert.deepEqual(trustStore([inDer(anAuthority)]), trustStore([inDer(anAuthority)]));
    });
});
