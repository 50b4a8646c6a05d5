import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { JustDbCloudArgs } from "../../../../components";
import { check, resolve } from "../../../../components/config/resolve";
import { demands } from "../../../../components/app/demands";
import { plan, type Plan } from "../../../support/mocks";

const pod = "spec.template.spec";
const secretRef = { name: "LICENSE_KEY", valueFrom: { secretKeyRef: { name: "justdb-license", key: "key" } } };
const proxy = { name: "HTTPS_PROXY", value: "http://proxy.example.com:3128" };
const volume = { name: "company", configMap: { name: "company-authorities" } };
const mount = { name: "company", mountPath: "/etc/ssl/company", readOnly: true };

interface Named {
    name: string;
}

const said = (args: JustDbCloudArgs) => check(args).map(({ key, got }) => `${key}: ${got}`);
const named = (made: Plan, path: string) =>
    (made.at("justdb-deployment", `${pod}.${path}`) as Named[]).map(({ name }) => name);

describe("what somebody adds to the app's pods", () => {
    it("comes after what is there", async () => {
        const plain = await plan({});
        const made = await plan({
            appExtraEnv: [proxy, secretRef],
            appExtraVolumes: [volume],
            appExtraVolumeMounts: [mount],
        });
        const at = (path: string, of = made) => of.at("justdb-deployment", `${pod}.${path}`) as unknown[];
        assert.deepEqual(at("containers.0.env"), [...at("containers.0.env", plain), proxy, secretRef]);
        assert.deepEqual(at("volumes"), [...at("volumes", plain), volume]);
        assert.deepEqual(at("containers.0.volumeMounts"), [...at("containers.0.volumeMounts", plain), mount]);
    });

    it("may hold what is known later", async () => {
        const later = { name: "BUCKET", value: pulumi.output("a-bucket") };
        const made = await plan({ appExtraEnv: [later] });
        assert.deepEqual((made.at("justdb-deployment", `${pod}.containers.0.env`) as Named[]).at(-1), {
            name: "BUCKET",
            value: "a-bucket",
        });
    });

    it("is shown in no message: somebody may have put a secret there", () => {
        const value = "hunter2-hunter2";
        for (const wrong of [
            [{ name: "1X", value }],
            [{ name: "DB_PASSWORD", value }],
            [
                { name: "X", value },
                { name: "X", value },
            ],
            [{ name: "X", value, valueFrom: secretRef.valueFrom }],
            [{ name: "X", values: value }],
            [{ name: "X", valueFrom: { secret: value } }],
            value,
        ]) {
            const problems = check({ appExtraEnv: wrong as never });
            assert.equal(problems.length, 1, JSON.stringify(wrong));
            assert.ok(!JSON.stringify(problems).includes(value));
        }
    });

    it("but a message tells where in the list it is", () => {
        const given = (appExtraEnv: unknown) => said({ appExtraEnv: appExtraEnv as never });
        const wrong = { name: "1X", value: "hunter2" };
        const unshown = "which is not shown, as it may hold a secret";
        assert.deepEqual(given([proxy, wrong, wrong, secretRef]), [`appExtraEnv: number 2, 3 of the list, ${unshown}`]);
        assert.deepEqual(given({ X: "hunter2" }), [`appExtraEnv: a value, ${unshown}`]);
    });

    /** Ways by which the app gets credentials, and reaches its database. */
    const ways: Record<string, JustDbCloudArgs> = {
        "with access keys": { otlpEndpoint: "http://collector.observability.svc:4317" },
        "with roles of an OIDC provider": {
            awsCredentials: "irsa",
            oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE",
        },
        "with roles of EKS Pod Identity": { awsCredentials: "podIdentity", eksClusterName: "production" },
    };
    for (const [way, args] of Object.entries(ways)) {
        it(`is none of the app's own variables and volumes ${way}`, async () => {
            const made = await plan(args);
            for (const name of named(made, "containers.0.env")) {
                assert.deepEqual(said({ appExtraEnv: [{ name, value: "x" }] }), [
                    `appExtraEnv: ${name}, which is the stack's own`,
                ]);
            }
            for (const name of named(made, "volumes")) {
                assert.deepEqual(said({ appExtraVolumes: [{ name, emptyDir: {} }] }), [
                    `appExtraVolumes: ${name}, which is the stack's own`,
                ]);
            }
            const paths = made.at("justdb-deployment", `${pod}.containers.0.volumeMounts`) as { mountPath: string }[];
            for (const mountPath of paths.map((one) => `${one.mountPath}/below`)) {
                const appExtraVolumeMounts = [{ ...mount, mountPath }];
                const [problem] = said({ appExtraVolumes: [volume], appExtraVolumeMounts });
                assert.match(problem!, new RegExp(`^appExtraVolumeMounts: ${mountPath}, which hides `));
            }
        });
    }

    it("does not hide what the app's image holds", () => {
        const appExtraVolumeMounts = [{ ...mount, mountPath: "/app" }];
        assert.equal(said({ appExtraVolumes: [volume], appExtraVolumeMounts }).length, 1);
    });

    it("is no volume that Pod Security refuses, and the message says so", () => {
        const [problem] = check({ appExtraVolumes: [{ name: "host", hostPath: { path: "/etc" } }] });
        assert.match(problem!.got, /host, of kind hostPath/);
        assert.match(problem!.allowed, /Pod Security's level "restricted".*persistentVolumeClaim/);
        assert.equal(said({ appExtraVolumes: [{ name: "share", nfs: { server: "s", path: "/" } }] }).length, 1);
    });

    it("is no mount without its volume, with both settings named", () => {
        const [problem, ...more] = check({ appExtraVolumeMounts: [mount] });
        assert.deepEqual(more, []);
        assert.deepEqual([problem!.key, problem!.also], ["appExtraVolumeMounts", ["appExtraVolumes"]]);
        assert.match(problem!.fix, /add company to appExtraVolumes/);
    });

    it("counts where it claims a volume for each pod", () => {
        const claim = { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } };
        const [demand] = demands(
            resolve({ appExtraVolumes: [{ name: "cache", ephemeral: { volumeClaimTemplate: claim } }] }, "justdb"),
        );
        assert.equal(demand!.volumes, demand!.pods);
    });
});
