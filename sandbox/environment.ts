// What the engine, the providers and the tests find in their environment: the same names that the official programs read.
import * as fs from "node:fs";
import * as path from "node:path";
import { randomBytes } from "node:crypto";
import { pulumiHome, temporary } from "../tools/lib/paths";
import { useProgramPath } from "../tools/programs/path";
import { administrator, awsEndpoint, awsRegion } from "./aws/moto";
import * as paths from "./lib/paths";

/** Makes the folders and the passphrase that Pulumi needs, unless they are there. */
export function preparePulumi(): void {
    for (const dir of [pulumiHome, paths.pulumiState, temporary]) fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    // In a folder of this name the engine would keep a log of all that it does, which takes a third of its time; a file stops it.
    const logs = path.join(pulumiHome, "logs");
    if (!fs.existsSync(logs)) fs.writeFileSync(logs, "");
    if (!fs.existsSync(paths.passphraseFile)) {
        fs.writeFileSync(paths.passphraseFile, randomBytes(24).toString("base64"), { mode: 0o600 });
    }
}

/** The sandbox's environment; its PATH is this process's own from then on. Fails when the sandbox is not up. */
export function sandboxEnvironment(): Record<string, string> {
    const aws = administrator();
    useProgramPath();
    return {
        PATH: process.env.PATH!,
        KUBECONFIG: paths.kubeconfig,
        AWS_ACCESS_KEY_ID: aws.accessKeyId,
        AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
        AWS_REGION: awsRegion,
        // A setting of the machine's user must not lead to a real account.
        AWS_PROFILE: "",
        AWS_SESSION_TOKEN: "",
        AWS_ENDPOINT_URL: awsEndpoint,
        AWS_ENDPOINT_URL_S3: awsEndpoint,
        AWS_ENDPOINT_URL_IAM: awsEndpoint,
        AWS_ENDPOINT_URL_STS: awsEndpoint,
        AWS_ENDPOINT_URL_KMS: awsEndpoint,
        // A killed engine leaves its temporary files behind; here they go with the run.
        TMPDIR: temporary,
        PULUMI_HOME: pulumiHome,
        // Without the side files that hold metadata: they are not written in one piece, and a killed engine could leave an empty one.
        PULUMI_BACKEND_URL: `file://${paths.pulumiState}?metadata=skip`,
        PULUMI_CONFIG_PASSPHRASE_FILE: paths.passphraseFile,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
}
