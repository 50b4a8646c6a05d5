// Certificates of the node and the administrator's kubeconfig, made anew for each run.
import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../../tools/lib/exec";
import { runDir } from "../../tools/lib/paths";
import { kubeconfig } from "../lib/paths";
import { apiServer, apiServiceAddress, nodeAddress } from "./addresses";

const pkiDir = path.join(runDir, "pki");
export const pki = (name: string) => path.join(pkiDir, name);
const validDays = "30";
export const frontProxy = "front-proxy-client";

const openssl = (...args: string[]) => run("openssl", args, { cwd: pkiDir });

async function sign(name: string, subject: string, extensions: string): Promise<void> {
    fs.writeFileSync(pki(`${name}.ext`), extensions);
    const request = ["req", "-newkey", "rsa:2048", "-nodes", "-keyout", `${name}.key`, "-out", `${name}.csr`];
    await openssl(...request, "-subj", subject);
    const authority = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", validDays];
    await openssl("x509", "-req", "-in", `${name}.csr`, ...authority, "-out", `${name}.crt`, "-extfile", `${name}.ext`);
}

function writeKubeconfig(): void {
    const base64 = (file: string) => fs.readFileSync(pki(file)).toString("base64");
    const config = {
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "sandbox", cluster: { server: apiServer, "certificate-authority-data": base64("ca.crt") } }],
        users: [
            {
                name: "admin",
                user: { "client-certificate-data": base64("admin.crt"), "client-key-data": base64("admin.key") },
            },
        ],
        contexts: [{ name: "sandbox", context: { cluster: "sandbox", user: "admin" } }],
        "current-context": "sandbox",
    };
    // JSON is YAML, which kubeconfig readers take.
    fs.writeFileSync(kubeconfig, JSON.stringify(config, null, 2), { mode: 0o600 });
}

/** A certificate that nobody has signed but itself, and its key, unless they are there. */
export async function ensureSelfSigned(name: string): Promise<{ certificate: string; key: string }> {
    if (!fs.existsSync(pki(`${name}.crt`))) {
        const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", validDays, "-subj", `/CN=${name}`];
        const out = ["-keyout", `${name}.key`, "-out", `${name}.crt`];
        await openssl(...request, "-addext", `subjectAltName=DNS:${name}`, ...out);
    }
    const read = (file: string) => fs.readFileSync(pki(file), "utf8");
    return { certificate: read(`${name}.crt`), key: read(`${name}.key`) };
}

/** Makes the authority, the three certificates, the service-account key and the kubeconfig, unless they are there. */
export async function ensurePki(): Promise<void> {
    if (fs.existsSync(kubeconfig)) return;
    fs.rmSync(pkiDir, { recursive: true, force: true });
    fs.mkdirSync(pkiDir, { recursive: true, mode: 0o700 });
    const authority = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.crt"];
    await openssl(...authority, "-days", validDays, "-subj", "/CN=justdb-sandbox");
    await openssl("genrsa", "-out", "sa.key", "2048");
    await openssl("rsa", "-in", "sa.key", "-pubout", "-out", "sa.pub");
    const names = ["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"].map((n) => `DNS:${n}`);
    const addresses = ["127.0.0.1", apiServiceAddress, nodeAddress].map((a) => `IP:${a}`);
    await sign("apiserver", "/CN=kube-apiserver", `subjectAltName=${[...names, ...addresses].join(",")}`);
    await sign("admin", "/O=system:masters/CN=admin", "extendedKeyUsage=clientAuth");
    // As which the API server passes requests on to another one, such as that of metrics.
    await sign(frontProxy, `/CN=${frontProxy}`, "extendedKeyUsage=clientAuth");
    writeKubeconfig();
}
