import assert from "node:assert/strict";
import { PlainError } from "../../../../tools/lib/plain-error";
import { settingsIn, settingsOf } from "../../../../tools/lib/stack-settings";

const encrypted = { secure: "AAABAM" };

describe("the settings of a stack's file", () => {
    it("are complete", () => {
        const { namespace, appReplicas, postgresArchive, loadBalancerSourceRanges } = settingsOf("prod");
        assert.deepEqual(
            { namespace, appReplicas, postgresArchive, loadBalancerSourceRanges },
            {
                namespace: "justdb-cloud",
                appReplicas: 3,
                postgresArchive: true,
                loadBalancerSourceRanges: ["10.20.0.0/24"],
            },
        );
    });

    it("need no secret", () => {
        const { appReplicas } = settingsIn({
            "aws:region": "eu-central-1",
            "justdb-cloud:environment": "dev",
            "justdb-cloud:appReplicas": "2",
            "justdb-cloud:jwtSecret": encrypted,
            "justdb-cloud:restoreFrom": "s3://acme-justdb-backups/latest",
            "justdb-cloud:restoreFromSealKey": encrypted,
            "justdb-cloud:postgresMode": "external",
            "justdb-cloud:postgresHost": encrypted,
            "justdb-cloud:postgresPassword": encrypted,
            "justdb-cloud:postgresCidrs": ["10.20.0.0/24"],
        });
        assert.equal(appReplicas, 2);
    });

    it("are refused with all that is wrong, in words alone", () => {
        const wrong = { "justdb-cloud:appReplicas": 0, "justdb-cloud:metricScrape": "none" };
        assert.throws(
            () => settingsIn(wrong),
            (error) => error instanceof PlainError && /appReplicas[^]*did you mean metricsScrape\?/.test(error.message),
        );
    });

    it("are not guessed where something decides by an encrypted one", () => {
        assert.throws(
            () => settingsIn({ "justdb-cloud:appReplicas": encrypted }),
            new PlainError(
                "appReplicas is encrypted, and cannot be read without the engine. It is no secret: set it in plain.",
            ),
        );
    });

    it("are asked for by the name of a stack that has a file", () => {
        assert.throws(
            () => settingsOf("pord"),
            new PlainError("There is no Pulumi.pord.yaml. Stacks that have a file: dev, prod, sandbox."),
        );
    });
});
