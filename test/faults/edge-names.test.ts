import assert from "node:assert/strict";
import {
    apply,
    kubectl,
    secretValue,
    startCertManager,
    startExternalDns,
    stopCertManager,
    stopExternalDns,
    stopTraefik,
    waitFor,
} from "../../sandbox";
import { certificateOf } from "../support/certificate";
import { createZone, recordsOf, removeZone } from "../support/dns";
import { EdgeLab, gateway, host } from "../support/edge-lab";
import { forget, type Config } from "../support/test-stack";

const zone = "example.com";
const foreign = `other.${zone}`;
const lab = new EdgeLab("edge-names");
const { stack, namespace } = lab;
const config: Config = { ...gateway, tlsIssuer: "Issuer/authority", externalDns: "true" };

/** An issuer that signs by itself. */
const issuer = (certificate: string, key: string) => [
    {
        apiVersion: "v1",
        kind: "Secret",
        type: "kubernetes.io/tls",
        metadata: { name: "authority", namespace },
        stringData: { "tls.crt": certificate, "tls.key": key },
    },
    {
        apiVersion: "cert-manager.io/v1",
        kind: "Issuer",
        metadata: { name: "authority", namespace },
        spec: { ca: { secretName: "authority" } },
    },
];

describe("an edge whose record and certificate others make", function () {
    this.timeout(1_200_000);
    let id: string;

    before(async () => {
        await stack.up();
        const { authority, authorityKey } = await certificateOf(host);
        await startCertManager();
        await apply(issuer(authority, authorityKey));
        await lab.startTraefik(authority);
        id = await createZone(zone, foreign);
        await startExternalDns(zone);
    });

    after(async () => {
        await stack.open((opened) => opened.destroy());
        await forget(stack.name);
        await stopExternalDns();
        await removeZone(id);
        await stopCertManager();
        await stopTraefik();
    });

    it("serves with the certificate of the issuer when the update ends", async () => {
        await stack.up(config);
        await lab.answers();
    });

    it("has its record written by external-dns, and no other one changed", async () => {
        await waitFor("the record", 60_000, async () => {
            const records = await recordsOf(id);
            return records.includes(`CNAME ${host}`) || records.join(", ");
        });
        const records = (await recordsOf(id)).filter((record) => !record.startsWith("TXT"));
        assert.deepEqual(records, [`A ${foreign}`, `CNAME ${host}`]);
    });

    it("drops no request while cert-manager renews the certificate", async () => {
        const certificate = () => secretValue(namespace, "justdb-tls", "tls.crt");
        const before = await certificate();
        const condition = {
            type: "Issuing",
            status: "True",
            reason: "Test",
            lastTransitionTime: new Date().toISOString(),
        };
        const path = "/status/conditions/-";
        const patch = JSON.stringify([{ op: "add", path, value: condition }]);
        const renew = ["patch", "certificate", "justdb-tls", "--subresource=status", "--type=json", "-p", patch];
        await lab.streamWhile(async () => {
            await kubectl(["-n", namespace, ...renew]);
            await waitFor("a new certificate", 60_000, async () => (await certificate()) !== before);
            // Traefik reads what has changed every two seconds.
            await new Promise((resolve) => setTimeout(resolve, 5_000));
        });
    });
});
