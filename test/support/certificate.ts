// A certificate for some names or addresses, signed by an authority that was made for it.
import * as fs from "node:fs";
import { isIP } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { run } from "../../sandbox";

export interface Certificate {
    /** Certificate of who signed it, and the key that it was signed with. */
    authority: string;
    authorityKey: string;
    certificate: string;
    key: string;
}

const make = (cwd: string, name: string, more: string[]) => {
    const files = ["-keyout", `${name}.key`, "-out", `${name}.crt`];
    return run("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...files, ...more], { cwd });
};

export async function certificateOf(...hosts: string[]): Promise<Certificate> {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "certificate-"));
    const read = (file: string) => fs.readFileSync(path.join(dir, file), "utf8");
    try {
        await make(dir, "authority", ["-subj", "/CN=test-authority"]);
        const names = `subjectAltName=${hosts.map((host) => `${isIP(host) ? "IP" : "DNS"}:${host}`).join(",")}`;
        const signed = ["-CA", "authority.crt", "-CAkey", "authority.key"];
        await make(dir, "host", ["-subj", `/CN=${hosts[0]}`, "-addext", names, ...signed]);
        return {
            authority: read("authority.crt"),
            authorityKey: read("authority.key"),
            certificate: read("host.crt"),
            key: read("host.key"),
        };
    } finally {
        fs.rmSync(dir, { recursive: true });
    }
}

/** A certificate that signs itself, of some days that have passed and some that are left. */
export async function certificateOfAge(
    host: string,
    days: { passed: number; left: number },
): Promise<Pick<Certificate, "certificate" | "key">> {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "certificate-"));
    const at = (day: number) => new Date(Date.now() + day * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, "");
    // Only as an authority does openssl take a day on which one begins.
    const authority =
        "[ca]\ndefault_ca=a\n[a]\ndatabase=index\nserial=serial\nnew_certs_dir=.\npolicy=p\n[p]\ncommonName=supplied\n";
    fs.writeFileSync(path.join(dir, "authority.cnf"), authority);
    fs.writeFileSync(path.join(dir, "index"), "");
    fs.writeFileSync(path.join(dir, "serial"), "01\n");
    const openssl = (...args: string[]) => run("openssl", args, { cwd: dir });
    const read = (file: string) => fs.readFileSync(path.join(dir, file), "utf8");
    try {
        await openssl(
            "req",
            "-new",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            `/CN=${host}`,
            "-keyout",
            "key",
            "-out",
            "asked",
        );
        const span = ["-startdate", at(-days.passed), "-enddate", at(days.left)];
        const files = ["-config", "authority.cnf", "-keyfile", "key", "-in", "asked", "-out", "certificate"];
        await openssl("ca", "-selfsign", "-batch", "-notext", "-md", "sha256", ...files, ...span);
        return { certificate: read("certificate"), key: read("key") };
    } finally {
        fs.rmSync(dir, { recursive: true });
    }
}

/** The Secret that it is kept in, as Gateways, Ingresses and issuers read it. */
export const tlsSecretOf = (
    { certificate, key }: Pick<Certificate, "certificate" | "key">,
    name: string,
    namespace: string,
) => ({
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/tls",
    metadata: { name, namespace },
    stringData: { "tls.crt": certificate, "tls.key": key },
});
