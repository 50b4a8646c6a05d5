import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { apply, kubectl, secretValue, startCertManager, stopCertManager, stopTraefik, waitFor } from "../../../sandbox";
import { certificateOf, tlsSecretOf } from "../../support/certificate";
import { EdgeLab, gateway, host, settled } from "../../support/edge-lab";
import { forget, type Config } from "../../support/test-stack";

const lab = new EdgeLab("edge-certificate");
const { stack, namespace } = lab;
const config: Config = { ...gateway, tlsIssuer: "Issuer/authority" };

/** An issuer that signs by itself. */
const issuer = (certificate: string, key: string) => [
    tlsSecretOf({ certificate, key }, "authority", namespace),
    {
        apiVersion: "cert-manager.io/v1",
        kind: "Issuer",
        metadata: { name: "authority", namespace },
        spec: { ca: { secretName: "authority" } },
    },
];

/** In this order: the first certificate is there before it is renewed. */
describe("an edge whose certificate cert-manager makes", function () {
    this.timeout(2_400_000);
    let authority: string;
    let authorityKey: string;

    before(async () => {
        await stack.up();
        ({ authority, authorityKey } = await certificateOf(host));
        await lab.startTraefik(authority);
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await stopCertManager();
        await stopTraefik();
    });

    const serial = async () => new X509Certificate(await secretValue(namespace, "justdb-tls", "tls.crt")).serialNumber;

    it("is refused where there is no cert-manager", async () => {
        await assert.rejects(stack.up(config), /Nothing was created or changed[^]*cert-manager/);
    });

    it("serves with it", async () => {
        await startCertManager();
        await apply(issuer(authority, authorityKey));
        await stack.up(config);
        await lab.answers();
    });

    it("drops no request while it is renewed", async () => {
        const before = await serial();
        assert.equal(await lab.shownSerial(), before);
        // As its command line tool asks for it, before the time has come.
        const now = new Date().toISOString();
        const value = { type: "Issuing", status: "True", reason: "ManuallyTriggered", lastTransitionTime: now };
        const patch = JSON.stringify([{ op: "add", path: "/status/conditions/-", value }]);
        const renew = ["patch", "certificate", "justdb-tls", "--subresource=status", "--type=json", "-p", patch];
        await lab.streamWhile(async () => {
            await kubectl(["-n", namespace, ...renew]);
            await waitFor("a new certificate", 60_000, async () => (await serial()) !== before);
            const renewed = await serial();
            await waitFor("Traefik to show it", 30_000, async () => (await lab.shownSerial()) === renewed);
            await settled();
        });
    });
});
