import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { at, plan, type Plan } from "../../../support/mocks";
import { waysOf } from "../../../support/policies";
import { type Request, trusts } from "../../../support/trust";

const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF";
const oidcProviderArn = `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
const irsa: JustDbCloudArgs = { awsCredentials: "irsa", oidcProviderArn };
const podIdentity: JustDbCloudArgs = { awsCredentials: "podIdentity", eksClusterName: "production" };
const source = "s3://acme-backups/justdb-db-89abcdef/latest";

/** The role of each purpose, and the ServiceAccounts that have it. */
const roles: Record<string, string[]> = {
    role: ["justdb-cloud"],
    "backup-role": ["justdb-backup", "justdb-migrations"],
    "restore-role": ["justdb-restore"],
    "drill-role": ["justdb-drill"],
    "backup-metrics-role": ["justdb-backup-metrics"],
    "archive-role": ["justdb-db"],
    "restore-from-role": ["justdb-restore-from"],
};

const token = (account: string, claims: Record<string, string> = {}): Request => ({
    principal: ["Federated", oidcProviderArn],
    action: "sts:AssumeRoleWithWebIdentity",
    context: {
        [`${issuer}:aud`]: "sts.amazonaws.com",
        [`${issuer}:sub`]: `system:serviceaccount:justdb-cloud:${account}`,
        ...claims,
    },
});

const session = (account: string, tags: Record<string, string> = {}, action = "sts:AssumeRole"): Request => ({
    principal: ["Service", "pods.eks.amazonaws.com"],
    action,
    context: {
        "aws:RequestTag/eks-cluster-name": "production",
        "aws:RequestTag/kubernetes-namespace": "justdb-cloud",
        "aws:RequestTag/kubernetes-service-account": account,
        ...tags,
    },
});

const documentOf = (made: Plan, role: string) => made.at(`justdb-${role}`, "assumeRolePolicy") as string;
const containerOf = (made: Plan, name: string, path: string) =>
    Object.fromEntries(
        (made.at(name, `${path}.containers.0.env`) as { name: string; value?: string }[]).map((one) => [
            one.name,
            one.value,
        ]),
    );

describe("roles in place of keys", () => {
    for (const [way, args] of Object.entries({ irsa, podIdentity })) {
        describe(way, () => {
            let made: Plan;
            before(async () => {
                made = await plan({ ...args, restoreFrom: source });
            });

            it("make no user, no key, and no Secret for one", () => {
                const types = made.resources.map(({ type }) => type);
                assert.deepEqual(
                    types.filter((type) => /^aws:iam\/(user|userPolicy|accessKey):/.test(type)),
                    [],
                );
                const withKeys = made
                    .all("kubernetes:core/v1:Secret")
                    .filter(({ inputs }) => "aws-access-key-id" in (inputs.data as object));
                assert.deepEqual(withKeys, []);
                assert.equal(made.outputs.accessKeyId, "");
                assert.equal(made.outputs.awsCredentialsSecretName, "");
            });

            it("are one a purpose, with the rights that its key had", async () => {
                const names = made.all("aws:iam/role:Role").map(({ name }) => name.replace(/^justdb-/, ""));
                assert.deepEqual(names.sort(), Object.keys(roles).sort());
                const keys = await plan({ restoreFrom: source });
                const rights = (from: Plan, name: string) => JSON.parse(from.at(name, "policy") as string) as object;
                for (const role of Object.keys(roles).filter((name) => name !== "archive-role")) {
                    const key = role.replace(/role$/, "user-policy");
                    assert.deepEqual(rights(made, `justdb-${role}-policy`), rights(keys, `justdb-${key}`));
                }
                const { Statement } = rights(made, "justdb-archive-role-policy") as { Statement: { Sid: string }[] };
                assert.deepEqual(
                    Statement.map(({ Sid }) => Sid),
                    ["FindArchives", "ReadWriteArchives", "FindArchive", "ReadArchive"],
                );
            });

            it("are what every pod runs with that calls AWS, and the webhook of EKS leaves these alone", () => {
                const pods = [
                    ["justdb-deployment", "spec.template.spec"],
                    ["justdb-backup-metrics", "spec.template.spec"],
                    ["justdb-restore-from", "spec.template.spec"],
                    ...["backup", "restore", "drill"].map((name) => [
                        `justdb-${name}`,
                        "spec.jobTemplate.spec.template.spec",
                    ]),
                ] as [string, string][];
                for (const [name, path] of pods) {
                    const env = containerOf(made, name, path);
                    const file = env.AWS_WEB_IDENTITY_TOKEN_FILE ?? env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
                    assert.equal(file, "/var/run/secrets/aws/token", name);
                    assert.equal(env.AWS_STS_REGIONAL_ENDPOINTS, "regional", name);
                    assert.ok(env.AWS_REGION ?? env.AWS_DEFAULT_REGION, name);
                    assert.equal("AWS_ACCESS_KEY_ID" in env, false, name);
                    const volumes = made.at(name, `${path}.volumes`) as { name: string }[];
                    assert.deepEqual(
                        at(
                            volumes.find((volume) => volume.name === "aws-token"),
                            "projected.sources.0",
                        ),
                        {
                            serviceAccountToken: {
                                audience: way === "irsa" ? "sts.amazonaws.com" : "pods.eks.amazonaws.com",
                                expirationSeconds: 86_400,
                                path: "token",
                            },
                        },
                    );
                }
            });

            it("are what the archive is written with, which the sidecar finds in its instance", () => {
                assert.deepEqual(made.at("justdb-archive", "spec.configuration.s3Credentials"), {
                    inheritFromIAMRole: true,
                });
                const env = made.at("justdb-archive", "spec.instanceSidecarConfiguration.env") as { name: string }[];
                const names = env.map(({ name }) => name);
                const wanted =
                    way === "irsa" ? "AWS_WEB_IDENTITY_TOKEN_FILE" : "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
                assert.ok(names.includes(wanted) && names.includes("AWS_DEFAULT_REGION"));
                assert.equal(made.at("justdb-postgres", "values.roleToken.path"), "token");
                assert.equal(
                    made.get("justdb-archive-role").retainOnDelete,
                    true,
                    "a database that is kept archives on",
                );
            });

            it("are tried before the app has them", () => {
                const path = "spec.template.spec";
                assert.equal(made.at("justdb-role-accepted", `${path}.serviceAccountName`), "justdb-cloud");
                assert.equal(
                    made.at("justdb-role-accepted", `${path}.containers.0.command.1`),
                    "/operations/accepted.py",
                );
            });
        });
    }

    it("of irsa admit the tokens of their own pods for AWS, and nobody else", async () => {
        const made = await plan({ ...irsa, restoreFrom: source });
        const all = Object.values(roles).flat();
        for (const [role, accounts] of Object.entries(roles)) {
            const document = documentOf(made, role);
            const admitted = all.filter((account) => trusts(document, token(account)));
            assert.deepEqual(admitted, accounts, role);
            const [account] = accounts as [string];
            const sub = `${issuer}:sub`;
            const wrong: Record<string, Request> = {
                "another namespace": token(account, { [sub]: `system:serviceaccount:justdb-cloud-2:${account}` }),
                "a similar account": token(`${account}-2`),
                "a part of the account": token(account.slice(0, -1)),
                "another case": token(account.toUpperCase()),
                "a pattern": token("*"),
                "another audience": token(account, { [`${issuer}:aud`]: "pods.eks.amazonaws.com" }),
                "no audience": { ...token(account), context: { [sub]: token(account).context[sub]! } },
                "another cluster's issuer": {
                    ...token(account),
                    principal: ["Federated", `${oidcProviderArn}F`],
                },
                "another account of AWS": {
                    ...token(account),
                    principal: ["Federated", oidcProviderArn.replace("123456789012", "210987654321")],
                },
                "another action": { ...token(account), action: "sts:AssumeRole" },
                "EKS itself": session(account),
            };
            for (const [title, request] of Object.entries(wrong)) {
                assert.equal(trusts(document, request), false, `${role}: ${title}`);
            }
        }
    });

    it("of podIdentity admit the sessions of their own pods, and nobody else", async () => {
        const made = await plan({ ...podIdentity, restoreFrom: source });
        const all = Object.values(roles).flat();
        for (const [role, accounts] of Object.entries(roles)) {
            const document = documentOf(made, role);
            for (const action of ["sts:AssumeRole", "sts:TagSession"]) {
                const admitted = all.filter((account) => trusts(document, session(account, {}, action)));
                assert.deepEqual(admitted, accounts, role);
            }
            const [account] = accounts as [string];
            const wrong: Record<string, Request> = {
                "another namespace": session(account, { "aws:RequestTag/kubernetes-namespace": "justdb-cloud-2" }),
                "another cluster": session(account, { "aws:RequestTag/eks-cluster-name": "production-2" }),
                "a similar account": session(`${account}-2`),
                "no tags": { ...session(account), context: {} },
                "another service": { ...session(account), principal: ["Service", "ec2.amazonaws.com"] },
                "a token": token(account),
            };
            for (const [title, request] of Object.entries(wrong)) {
                assert.equal(trusts(document, request), false, `${role}: ${title}`);
            }
        }
    });

    it("of podIdentity have no path, and are associated with their pods' ServiceAccounts", async () => {
        const made = await plan({ ...podIdentity, restoreFrom: source });
        for (const { inputs } of made.all("aws:iam/role:Role")) assert.equal(inputs.path, undefined);
        const found = made.all("aws:eks/podIdentityAssociation:PodIdentityAssociation").map(({ inputs }) => inputs);
        assert.deepEqual(found.map(({ serviceAccount }) => serviceAccount).sort(), Object.values(roles).flat().sort());
        for (const { clusterName, namespace } of found) {
            assert.deepEqual([clusterName, namespace], ["production", "justdb-cloud"]);
        }
    });

    it("have the path and the boundary of the settings", async () => {
        const iamPermissionsBoundary = "arn:aws:iam::123456789012:policy/developers";
        const bounded = await plan({ ...irsa, iamPath: "/teams/db/", iamPermissionsBoundary });
        assert.equal(bounded.at("justdb-role", "path"), "/teams/db/");
        assert.equal(bounded.at("justdb-role", "permissionsBoundary"), iamPermissionsBoundary);
        assert.equal((await plan(irsa)).at("justdb-role", "path"), "/justdb/");
    });

    it("open the way to STS, or to the agent on the node and nothing else that is link-local", () => {
        const publicIpv4 = "0.0.0.0/0 but 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 169.254.0.0/16";
        const own = { storageCidrs: ["10.20.0.0/24"] };
        assert.ok(!waysOf(own, "drill").includes(`drill > ${publicIpv4} :443`));
        for (const kind of ["app", "backup", "migrations", "drill", "postgres", "credentials-accepted"]) {
            assert.ok(waysOf({ ...irsa, ...own }, kind).includes(`${kind} > ${publicIpv4} :443`), kind);
            const agent = `${kind} > 169.254.170.23/32 :80`;
            assert.ok(waysOf({ ...podIdentity, ...own }, kind).includes(agent), kind);
        }
        const both = waysOf({ ...podIdentity, ...own, ipFamilies: "dualStack" }, "drill");
        assert.ok(both.includes("drill > 169.254.170.23/32 | fd00:ec2::23/128 :80"));
        const endpoint = waysOf({ ...irsa, ...own, stsCidrs: ["10.30.0.0/28"] }, "drill");
        assert.ok(endpoint.includes("drill > 10.30.0.0/28 :443"));
    });

    it("leave the address of S3 to S3: STS is elsewhere", async () => {
        const storageEndpoint = "https://s3.internal.example.com";
        const path = "spec.jobTemplate.spec.template.spec";
        const made = await plan({ ...irsa, storageEndpoint, stsEndpoint: "https://sts.internal.example.com" });
        const env = containerOf(made, "justdb-backup", path);
        assert.equal(env.AWS_ENDPOINT_URL_S3, storageEndpoint);
        assert.equal(env.AWS_ENDPOINT_URL_STS, "https://sts.internal.example.com");
        assert.equal("AWS_ENDPOINT_URL" in env, false);
    });

    it("keep the seal key of another stack in its Secret", async () => {
        const restoreFromSealKey = "a".repeat(64);
        const made = await plan({ ...irsa, restoreFrom: "s3://acme-backups/latest", restoreFromSealKey });
        assert.deepEqual(made.texts("justdb-restore-from-credentials"), { "seal-key": restoreFromSealKey });
    });

    it("are waited for until nothing runs with a key, which the update then deletes", async () => {
        const made = await plan(irsa);
        const env = containerOf(made, "justdb-keys-unused", "spec.template.spec");
        assert.match(env.SECRETS!, /^aws-credentials .*justdb-backup .*justdb-drill/);
        assert.equal(env.CURRENT, "");
        assert.equal(env.ARCHIVES, "true");
    });
});
