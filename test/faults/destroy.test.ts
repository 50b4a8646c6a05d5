import assert from "node:assert/strict";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { kubectl, run, sandboxStack, withStack } from "../../sandbox";
import { archived } from "../support/archive";
import { removeArchiveUser } from "../support/archive-user";
import { clientSettings } from "../support/aws";
import { list } from "../support/cluster";

const namespace = "justdb-precious";
const options = {
    settingsOf: sandboxStack,
    config: {
        "justdb-cloud:namespace": namespace,
        "justdb-cloud:environment": "prod",
        "justdb-cloud:protect": "true",
        "justdb-cloud:appReplicas": "1",
        "justdb-cloud:appMaxReplicas": "2",
        "justdb-cloud:postgresInstances": "1",
    },
};
const precious = "precious";

async function buckets(): Promise<string[]> {
    return (await new S3Client(clientSettings()).send(new ListBucketsCommand({}))).Buckets!.map(
        (bucket) => bucket.Name!,
    );
}

describe("a stack of prod destroyed by mistake", () => {
    let own: string[];
    let volumes: string[];

    const kept = async () => {
        const now = await buckets();
        assert.deepEqual(
            own.filter((bucket) => !now.includes(bucket)),
            [],
            "buckets are gone",
        );
        const claims = await list("pvc", namespace);
        const bound = claims.map((claim) => claim.spec.volumeName as string);
        assert.deepEqual(
            volumes.filter((volume) => !bound.includes(volume)),
            [],
            "volumes are gone",
        );
    };

    /** The pods that run, but for those of Jobs, which come and go. */
    const running = async () => {
        const pods = await list("pods", namespace, "!job-name");
        return pods.filter(({ status }) => status.phase === "Running").map(({ metadata }) => metadata.uid);
    };

    before(async () => {
        await withStack(
            precious,
            async (stack) => {
                const { outputs } = await stack.up();
                own = [outputs.schemasBucket!.value as string, outputs.backupsBucket!.value as string];
            },
            options,
        );
        volumes = (await list("pvc", namespace)).map((claim) => claim.spec.volumeName as string);
        assert.equal(volumes.length, 2, "one volume of PostgreSQL, one of Redis");
    });

    after(async () => {
        await removeArchiveUser(namespace);
        await withStack(precious, (stack) => stack.workspace.removeStack(precious, { force: true }), options);
        await kubectl(["delete", "ns", namespace, "--wait=false", "--ignore-not-found"]);
    });

    it("is refused, and nothing is touched", async () => {
        const pods = await running();
        assert.notDeepEqual(pods, []);
        // As a person would: the Automation API leaves out the preview, which is what stops a destroy before its first step.
        const destroy = withStack(
            precious,
            ({ workspace: { workDir, envVars } }) =>
                run("pulumi", ["destroy", "--yes", "--stack", precious], { cwd: workDir, env: envVars }),
            options,
        );
        await assert.rejects(destroy, /protect/);
        await kept();
        assert.deepEqual(await running(), pods);
    });

    it("keeps its buckets and volumes even when somebody has taken the protection off", async () => {
        await withStack(
            precious,
            async (stack) => {
                const deployment = await stack.exportStack();
                for (const resource of (deployment.deployment as { resources: { protect?: boolean }[] }).resources) {
                    delete resource.protect;
                }
                await stack.importStack(deployment);
                await stack.destroy();
            },
            options,
        );
        await kept();
        // Its key, its rights and its ObjectStore are there still.
        await archived(namespace);
    });
});
