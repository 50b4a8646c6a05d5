// Which API server, and with which credentials: from the provider's inputs, KUBECONFIG or ~/.kube/config, as kubectl reads them.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { load } from "js-yaml";
import { at, isObject, type Values } from "../lib/values";

export interface Connection {
    server: string;
    namespace: string | undefined;
    ca?: Buffer;
    cert?: Buffer;
    key?: Buffer;
    token?: string;
    insecure: boolean;
}

interface Source {
    text: string;
    /** Relative file names in a kubeconfig are meant from its own folder. */
    folder: string;
}

function source(kubeconfig: unknown, env: NodeJS.ProcessEnv): Source | undefined {
    const given = typeof kubeconfig === "string" && kubeconfig !== "" ? kubeconfig : undefined;
    if (given?.includes("\n") || given?.trimStart().startsWith("{")) return { text: given, folder: process.cwd() };
    const files = given ? [given] : (env.KUBECONFIG?.split(path.delimiter) ?? []);
    const expanded = files.filter(Boolean).map((file) => file.replace(/^~(?=\/)/, os.homedir()));
    const candidates = expanded.length ? expanded : [path.join(os.homedir(), ".kube", "config")];
    const file = candidates.find((candidate) => fs.existsSync(candidate));
    if (file) return { text: fs.readFileSync(file, "utf8"), folder: path.dirname(path.resolve(file)) };
    if (given) throw new Error(`kubeconfig ${given} does not exist`);
    return undefined;
}

function named(config: unknown, list: string, name: unknown, member: string): Values {
    const entry = (at<Values[]>(config, list) ?? []).find((item) => item.name === name);
    return at<Values>(entry, member) ?? {};
}

function bytes(section: Values, name: string, folder: string): Buffer | undefined {
    const data = section[`${name}-data`];
    if (typeof data === "string") return Buffer.from(data, "base64");
    const file = section[name];
    return typeof file === "string" ? fs.readFileSync(path.resolve(folder, file)) : undefined;
}

/** Undefined when there is no kubeconfig at all: previews still work then. */
export function findCluster(inputs: Values, env: NodeJS.ProcessEnv): Connection | undefined {
    const found = source(inputs.kubeconfig, env);
    if (!found) return undefined;
    const config = load(found.text);
    if (!isObject(config)) throw new Error("the kubeconfig is not a YAML or JSON object");
    const contextName = inputs.context ?? config["current-context"];
    const context = named(config, "contexts", contextName, "context");
    const cluster = named(config, "clusters", inputs.cluster ?? context.cluster, "cluster");
    const user = named(config, "users", context.user, "user");
    if (typeof cluster.server !== "string") {
        throw new Error(`the kubeconfig has no cluster for context "${String(contextName)}"`);
    }
    if (user.exec || user["auth-provider"]) {
        throw new Error("kubeconfig users with an exec or auth-provider plugin are not supported in the sandbox");
    }
    const tokenFile = user.tokenFile;
    const token =
        typeof tokenFile === "string"
            ? fs.readFileSync(path.resolve(found.folder, tokenFile), "utf8").trim()
            : user.token;
    return {
        server: cluster.server,
        namespace: typeof context.namespace === "string" ? context.namespace : undefined,
        ca: bytes(cluster, "certificate-authority", found.folder),
        cert: bytes(user, "client-certificate", found.folder),
        key: bytes(user, "client-key", found.folder),
        token: typeof token === "string" ? token : undefined,
        insecure: cluster["insecure-skip-tls-verify"] === true,
    };
}

/** A kubeconfig with nothing but this connection, for a program. */
export function kubeconfigOf({ server, ca, cert, key, token, insecure }: Connection): string {
    const base64 = (data: Buffer | undefined) => data?.toString("base64");
    const cluster = {
        server,
        "certificate-authority-data": base64(ca),
        "insecure-skip-tls-verify": insecure || undefined,
    };
    const user = { "client-certificate-data": base64(cert), "client-key-data": base64(key), token };
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "cluster", cluster }],
        users: [{ name: "user", user }],
        contexts: [{ name: "context", context: { cluster: "cluster", user: "user" } }],
        "current-context": "context",
    });
}
