// external-dns, which writes into Route 53 of the AWS API. A test starts it; `make down` ends it.
import { ensureGo, goBinary } from "../tools/programs/go/build";
import { administrator, awsEndpoint, awsRegion } from "./aws/moto";
import { end, start } from "./lib/daemons";
import { kubeconfig } from "./lib/paths";

const name = "external-dns";

/** Brings it up for the names below a zone. It is compiled once, in some 5 minutes. */
export async function startExternalDns(zone: string): Promise<void> {
    await ensureGo([name]);
    const { accessKeyId, secretAccessKey } = administrator();
    const sources = ["service", "ingress", "gateway-httproute"].map((source) => `--source=${source}`);
    const args = ["--provider=aws", `--domain-filter=${zone}`, "--txt-owner-id=sandbox", "--interval=2s"];
    const listen = "--metrics-address=127.0.0.1:7979";
    start(name, goBinary(name), [`--kubeconfig=${kubeconfig}`, ...sources, ...args, listen], {
        AWS_ENDPOINT_URL: awsEndpoint,
        AWS_REGION: awsRegion,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
    });
}

export const stopExternalDns = () => end(name);
