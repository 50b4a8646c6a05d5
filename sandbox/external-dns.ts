// external-dns, which writes into Route 53 of the AWS API. A test starts it; `make down` ends it.
import { ensureGo, goBinary } from "../tools/programs/go/build";
import { administrator, awsEndpoint, awsRegion } from "./aws/moto";
import { end, start } from "./lib/daemons";
import { kubeconfig } from "./lib/paths";

const name = "external-dns";
const sources = ["service", "ingress", "gateway-httproute"];

/** Brings it up for the names below a zone. The Gateway API must be there. It is compiled once, in some 10 minutes. */
export async function startExternalDns(zone: string): Promise<void> {
    await ensureGo([name]);
    const { accessKeyId, secretAccessKey } = administrator();
    const args = [
        `--kubeconfig=${kubeconfig}`,
        ...sources.map((source) => `--source=${source}`),
        "--provider=aws",
        `--domain-filter=${zone}`,
        "--txt-owner-id=sandbox",
        "--interval=2s",
        "--metrics-address=127.0.0.1:7979",
    ];
    start(name, goBinary(name), args, {
        AWS_ENDPOINT_URL: awsEndpoint,
        AWS_REGION: awsRegion,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
    });
}

export const stopExternalDns = () => end(name);
