import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { apply, kubeconfig, kubectl, sandboxStack, temporary, withStack } from "../../sandbox";
import { list } from "../support/cluster";
import { forget } from "../support/test-stack";

const name = "edge-preflight";
const ingressClass = {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name },
    spec: { controller: "example.com/nobody" },
};
const rbac = "rbac.authorization.k8s.io";

/** Somebody who may deploy, and who sees no classes. */
const deployer = [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: "default" } },
    {
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRole",
        metadata: { name },
        rules: [
            {
                apiGroups: [
                    "",
                    "apps",
                    "autoscaling",
                    "batch",
                    "policy",
                    rbac,
                    "postgresql.cnpg.io",
                    "barmancloud.cnpg.io",
                ],
                resources: ["*"],
                verbs: ["*"],
            },
            { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"], verbs: ["*"] },
        ],
    },
    {
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRoleBinding",
        metadata: { name },
        roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
        subjects: [{ kind: "ServiceAccount", name, namespace: "default" }],
    },
];

/** Its kubeconfig. */
async function deployersFile(): Promise<string> {
    const token = (await kubectl(["-n", "default", "create", "token", name])).trim();
    const config = JSON.parse(fs.readFileSync(kubeconfig, "utf8")) as { users: { user: object }[] };
    config.users[0]!.user = { token };
    const file = path.join(temporary, `${name}-kubeconfig`);
    fs.writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    return file;
}

/** What the engine says of a stack with such an Ingress. */
async function preview(more: Record<string, string> = {}): Promise<string> {
    let output = "";
    const onOutput = (text: string) => (output += text);
    const edge = {
        namespace: `justdb-${name}`,
        edge: "ingress",
        host: "justdb.example.com",
        ingressClass: name,
        tlsSecret: "ours",
        ingressNamespace: "traefik",
        ingressPodLabels: '{"app.kubernetes.io/name": "traefik"}',
    };
    const own = Object.entries(edge).map(([key, value]): [string, string] => [`justdb-cloud:${key}`, value]);
    const options = { settingsOf: sandboxStack, config: { ...Object.fromEntries(own), ...more } };
    const run = withStack(name, (stack) => stack.preview({ onOutput }), options);
    return run.then(
        () => output,
        () => Promise.reject(new Error(output)),
    );
}

describe("an edge that names what the cluster does not have", () => {
    after(async () => {
        const objects = JSON.stringify({ apiVersion: "v1", kind: "List", items: [ingressClass, ...deployer] });
        await kubectl(["delete", "--ignore-not-found", "-f", "-"], objects);
        await forget(name);
    });

    it("is refused in the preview, with what to do, until it is there", async () => {
        await assert.rejects(preview(), ({ message }: Error) => {
            assert.match(message, /Nothing was created or changed/);
            assert.match(message, /1\. ingressClass names what is not in the cluster/);
            assert.match(message, /given: +a cluster without IngressClass edge-preflight/);
            assert.match(message, /fix: +.*kubectl get ingressclass lists/);
            return true;
        });
        assert.deepEqual(
            (await list("namespaces", "*")).filter(({ metadata }) => metadata.name.endsWith(name)),
            [],
        );
        await apply([ingressClass]);
        assert.match(await preview(), /justdb-ingress/);
    });

    it("is not looked for on behalf of somebody who may not see it, once they have said so", async () => {
        await apply(deployer);
        const asDeployer = { "kubernetes:kubeconfig": await deployersFile() };
        await assert.rejects(preview(asDeployer), ({ message }: Error) => {
            assert.match(message, /"edge-preflight" is forbidden/);
            assert.match(message, /who may not get it: pulumi config set edgePreflight false/);
            return true;
        });
        assert.match(await preview({ ...asDeployer, "justdb-cloud:edgePreflight": "false" }), /justdb-ingress/);
    });
});
