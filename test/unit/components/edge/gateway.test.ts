import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { check } from "../../../../components/config/resolve";
import { host, ownGateway, sharedGateway, without } from "../../../support/edges";
import { plan } from "../../../support/mocks";

const problems = (args: JustDbCloudArgs) => check(args).map(({ key, got }) => `${key}: ${got}`);
const group = "gateway.networking.k8s.io";
const kinds = async (args: JustDbCloudArgs) =>
    (await plan(args)).resources
        .filter(({ type }) => type.includes(group))
        .map(({ type, name }) => `${type.split(":").at(-1)} ${name}`)
        .sort();
const parent = async (args: JustDbCloudArgs, route = "route") =>
    (await plan(args)).at(`justdb-${route}`, "spec.parentRefs");

const https = {
    name: "https",
    protocol: "HTTPS",
    port: 443,
    hostname: host,
    tls: { mode: "Terminate", certificateRefs: [{ name: "ours" }] },
};
const http = { name: "http", protocol: "HTTP", port: 80, hostname: host };

describe("edge gateway", () => {
    const own = { ...ownGateway, tlsSecret: "ours" };

    it("makes a Gateway of a class, with a listener for HTTPS and one that redirects to it", async () => {
        const made = await plan(own);
        assert.deepEqual(await kinds(own), [
            "Gateway justdb-gateway",
            "HTTPRoute justdb-redirect-route",
            "HTTPRoute justdb-route",
        ]);
        assert.deepEqual(made.at("justdb-gateway", "spec"), {
            gatewayClassName: "traefik",
            listeners: [https, http],
        });
        const mine = { group, kind: "Gateway", name: "justdb-cloud", namespace: "justdb-cloud" };
        assert.deepEqual(await parent(own), [{ ...mine, sectionName: "https" }]);
        assert.deepEqual(await parent(own, "redirect-route"), [{ ...mine, sectionName: "http" }]);
        assert.equal(made.outputs.url, `https://${host}`);
        assert.equal(made.outputs.host, host);
    });

    it("leads the host's requests to the Service, with a time-out and HSTS, and answers plain ones with a redirect", async () => {
        const made = await plan({ ...own, edgePath: "/api", requestTimeoutSeconds: 120, hstsSeconds: 60 });
        const matches = [{ path: { type: "PathPrefix", value: "/api" } }];
        const set = [{ name: "Strict-Transport-Security", value: "max-age=60" }];
        assert.deepEqual(made.at("justdb-route", "spec.hostnames"), [host]);
        assert.deepEqual(made.at("justdb-route", "spec.rules"), [
            {
                matches,
                filters: [{ type: "ResponseHeaderModifier", responseHeaderModifier: { set } }],
                backendRefs: [{ name: "justdb-cloud", port: 80 }],
                timeouts: { request: "120s" },
            },
        ]);
        assert.deepEqual(made.at("justdb-redirect-route", "spec.rules"), [
            {
                matches,
                filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }],
            },
        ]);
        const without = await plan({ ...own, hstsSeconds: 0 });
        assert.equal(without.at("justdb-route", "spec.rules.0.filters"), undefined);
    });

    it("waits until the gateway has taken what it made", async () => {
        const waitFor = async (name: string) =>
            (await plan(own)).at(`justdb-${name}`, "metadata.annotations.[pulumi.com/waitFor]") as string;
        assert.equal(await waitFor("gateway"), "condition=Programmed");
        for (const route of ["route", "redirect-route"]) {
            assert.match(await waitFor(route), /Accepted.*=True.*ResolvedRefs.*=True/);
        }
    });

    it("listens at the ports that the controller knows", async () => {
        const ports = async (args: JustDbCloudArgs) =>
            ((await plan(args)).at("justdb-gateway", "spec.listeners") as { port: number }[]).map(({ port }) => port);
        assert.deepEqual(await ports({ ...own, gatewayHttpsPort: 8443, gatewayHttpPort: 8000 }), [8443, 8000]);
    });

    it("listens at two ports, where it has two listeners", () => {
        const same = { gatewayHttpsPort: 8443, gatewayHttpPort: 8443 };
        assert.deepEqual(problems({ ...own, ...same }), ["gatewayHttpPort: 8443, which is gatewayHttpsPort"]);
        assert.deepEqual(problems({ ...ownGateway, allowPlainHttp: true, ...same }), []);
        assert.deepEqual(problems({ ...sharedGateway, tlsSecret: "ours", gatewayRedirectSection: "web", ...same }), []);
    });

    it("serves by plain HTTP only where that is allowed", async () => {
        assert.deepEqual(problems(ownGateway), ["allowPlainHttp: no certificate, with edge gateway"]);
        const plain = { ...ownGateway, allowPlainHttp: true };
        const made = await plan(plain);
        assert.deepEqual(await kinds(plain), ["Gateway justdb-gateway", "HTTPRoute justdb-route"]);
        assert.deepEqual(made.at("justdb-gateway", "spec.listeners"), [http]);
        assert.equal(made.at("justdb-route", "spec.rules.0.filters"), undefined);
        assert.equal(made.outputs.url, `http://${host}`);
    });

    it("attaches to the listener of a Gateway that is there, whose certificate it is", async () => {
        const args = { ...sharedGateway, gatewaySection: "https" };
        const theirs = { group, kind: "Gateway", name: "shared", namespace: "gateways", sectionName: "https" };
        assert.deepEqual(problems(args), []);
        assert.deepEqual(await kinds(args), ["HTTPRoute justdb-route"]);
        assert.deepEqual(await parent(args), [theirs]);
        assert.match(JSON.stringify((await plan(args)).at("justdb-route", "spec.rules")), /max-age=31536000/);
        const redirected = { ...args, gatewayRedirectSection: "web" };
        assert.deepEqual(await parent(redirected, "redirect-route"), [{ ...theirs, sectionName: "web" }]);
        assert.equal((await plan(args)).outputs.url, `https://${host}`);
        const beside = without(args, "gatewayNamespace");
        assert.deepEqual(await parent(beside), [{ ...theirs, namespace: "justdb-cloud" }]);
    });

    it("brings its certificate to a Gateway that is there by a ListenerSet", async () => {
        const args = { ...sharedGateway, tlsSecret: "ours" };
        const made = await plan(args);
        assert.deepEqual(await kinds(args), [
            "HTTPRoute justdb-redirect-route",
            "HTTPRoute justdb-route",
            "ListenerSet justdb-listeners",
        ]);
        assert.deepEqual(made.at("justdb-listeners", "spec"), {
            parentRef: { group, kind: "Gateway", name: "shared", namespace: "gateways" },
            listeners: [https, http],
        });
        const mine = { group, kind: "ListenerSet", name: "justdb-cloud", namespace: "justdb-cloud" };
        assert.deepEqual(await parent(args), [{ ...mine, sectionName: "https" }]);
        assert.deepEqual(await parent(args, "redirect-route"), [{ ...mine, sectionName: "http" }]);
        const redirected = { ...args, gatewayRedirectSection: "web" };
        assert.deepEqual((await plan(redirected)).at("justdb-listeners", "spec.listeners"), [https]);
        assert.deepEqual(await parent(redirected, "redirect-route"), [
            { group, kind: "Gateway", name: "shared", namespace: "gateways", sectionName: "web" },
        ]);
    });

    it("attaches to no listener for plain HTTP by mistake", () => {
        assert.deepEqual(problems(sharedGateway), [
            "gatewaySection: nothing, with gatewayName and no certificate of its own",
        ]);
        const plain = { ...sharedGateway, allowPlainHttp: true };
        assert.deepEqual(problems(plain), []);
        assert.deepEqual(problems({ ...plain, gatewayRedirectSection: "http" }), [
            "gatewayRedirectSection: gatewayRedirectSection and allowPlainHttp",
        ]);
    });

    it("is one Gateway: of a class, or there already", () => {
        const none = without(ownGateway, "gatewayClass");
        assert.deepEqual(problems({ ...none, tlsSecret: "ours" }), [
            "gatewayName: neither gatewayName nor gatewayClass, with edge gateway",
        ]);
        assert.deepEqual(problems({ ...sharedGateway, gatewayClass: "traefik", tlsSecret: "ours" }), [
            "gatewayName: gatewayName and gatewayClass",
        ]);
        assert.deepEqual(problems({ ...own, gatewaySection: "https", gatewayNamespace: "gateways" }), [
            "gatewayNamespace: gatewayNamespace, without gatewayName",
            "gatewaySection: gatewaySection, without gatewayName",
        ]);
        assert.deepEqual(problems({ ...sharedGateway, gatewaySection: "https", tlsSecret: "ours" }), [
            "gatewaySection: a listener of the Gateway, and a certificate of its own",
        ]);
    });

    it("asks external-dns for the record on the route that serves alone", async () => {
        const made = await plan({ ...own, externalDns: true });
        for (const prefix of ["external-dns.alpha.kubernetes.io", "external-dns.kubernetes.io"]) {
            const path = `metadata.annotations.[${prefix}/hostname]`;
            assert.equal(made.at("justdb-route", path), host);
            assert.equal(made.at("justdb-redirect-route", path), undefined);
            assert.equal(made.at("justdb-gateway", path), undefined);
        }
    });
});
