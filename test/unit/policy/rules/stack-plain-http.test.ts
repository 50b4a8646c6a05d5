import assert from "node:assert/strict";
import { stackPlainHttp } from "../../../../policy/rules/stack-plain-http";
import { type Given, judged, type Props, unknown } from "../../../support/policy/judge";

const api = "kubernetes:gateway.networking.k8s.io/v1";
const host = "app.example.com";
const http = { name: "http", protocol: "HTTP", port: 80 };
const https = { name: "https", protocol: "HTTPS", port: 443 };

const gateway = (listeners: Props[] = [http, https], kind = "Gateway", namespace: unknown = "team"): Given => ({
    type: `${api}:${kind}`,
    name: "edge",
    props: { metadata: { name: "edge", namespace }, spec: { listeners } },
});

const serves = { backendRefs: [{ name: "app", port: 80 }] };
const redirect = (requestRedirect: Props = { scheme: "https", statusCode: 301 }) => ({
    filters: [{ type: "RequestRedirect", requestRedirect }],
});

const route = (reference: Props, rules: unknown = [serves], more: Props = {}, kind = "HTTPRoute"): Given => ({
    type: `${api}:${kind}`,
    name: "route",
    props: {
        metadata: { name: "route", namespace: "team" },
        spec: { parentRefs: [{ name: "edge", ...reference }], hostnames: [host], rules, ...more },
    },
});

const violations = (...given: Given[]) => judged(stackPlainHttp, given).violations;
const answers = "route: spec.rules[0]: answers at a listener for plain HTTP; there it may only redirect to HTTPS";

describe("stack-plain-http", () => {
    it("finds a route that answers at a listener for HTTP, named or among all", () => {
        assert.deepEqual(violations(gateway(), route({ sectionName: "http" })), [answers]);
        assert.deepEqual(violations(gateway(), route({})), [answers]);
        assert.deepEqual(violations(gateway(), route({ port: 80 })), [answers]);
        assert.deepEqual(violations(gateway(), route({ sectionName: "http" }, [serves], {}, "GRPCRoute")), [answers]);
    });

    it("lets it answer at one for HTTPS", () => {
        assert.deepEqual(violations(gateway(), route({ sectionName: "https" })), []);
        assert.deepEqual(violations(gateway(), route({ port: 443 })), []);
        assert.deepEqual(violations(gateway([https]), route({})), []);
    });

    it("lets a route at one for HTTP redirect to HTTPS, and do nothing else", () => {
        assert.deepEqual(violations(gateway(), route({ sectionName: "http" }, [redirect()])), []);
        for (const other of [{ hostname: "other.example.com" }, { scheme: "http" }])
            assert.deepEqual(violations(gateway(), route({ sectionName: "http" }, [redirect(other)])), [answers]);
        assert.deepEqual(violations(gateway(), route({ sectionName: "http" }, [redirect(), serves])), [
            answers.replace("[0]", "[1]"),
        ]);
    });

    it("knows ListenerSets from Gateways of the same name", () => {
        const set = gateway([http, https], "ListenerSet");
        const named = { kind: "ListenerSet", sectionName: "http" };
        assert.deepEqual(violations(set, route(named)), [answers]);
        assert.deepEqual(violations(set, route({ sectionName: "http" })), []);
        assert.deepEqual(violations(gateway([https]), set, route({})), []);
    });

    it("looks at a Gateway together with its ListenerSets", () => {
        const allowedListeners = { namespaces: { from: "Same" } };
        const open = (listeners: Props[]): Given => {
            const given = gateway(listeners);
            return { ...given, props: { ...given.props, spec: { listeners, allowedListeners } } };
        };
        const set = (listeners: Props[], name = "set"): Given => ({
            type: `${api}:ListenerSet`,
            name,
            props: { metadata: { name, namespace: "team" }, spec: { parentRef: { name: "edge" }, listeners } },
        });
        const plain = (name: string) =>
            `${name}: spec.listeners[http].protocol: is HTTP, and neither the Gateway nor a ListenerSet of this stack has a listener for HTTPS of the same hostname`;
        assert.deepEqual(violations(open([https]), set([http])), []);
        assert.deepEqual(violations(open([http]), set([https])), []);
        assert.deepEqual(violations(open([]), set([http]), set([https], "other")), []);
        assert.deepEqual(violations(open([http]), set([http])), [plain("edge"), plain("set")]);
        assert.deepEqual(violations(open([{ ...https, hostname: "a.b" }]), set([{ ...http, hostname: host }])), [plain("set")]);
        assert.deepEqual(violations(set([http])), [plain("set")], "its Gateway is elsewhere");
        assert.deepEqual(violations(set([http]), set([https], "other")), []);
        assert.deepEqual(violations(set([{ ...https, hostname: undefined }, http])), []);
        assert.deepEqual(violations(gateway([https]), set([http])), [], "its Gateway takes none");
    }); // prettier-ignore

    it("looks at the hosts of both", () => {
        const of = (hostname: string) => gateway([{ ...http, hostname }]);
        assert.deepEqual(violations(of("other.example.com"), route({})), []);
        assert.deepEqual(violations(of("*.example.com"), route({})), [answers]);
        assert.deepEqual(violations(of(host), route({}, [serves], { hostnames: ["*.example.com"] })), [answers]);
        assert.deepEqual(violations(of(host), route({}, [serves], { hostnames: undefined })), [answers]);
    });

    it("looks at the namespaces of both", () => {
        const elsewhere = (from?: string) =>
            gateway([{ ...http, ...(from ? { allowedRoutes: { namespaces: { from } } } : {}) }], "Gateway", "edge");
        const attached = route({ namespace: "edge" });
        assert.deepEqual(violations(elsewhere(), attached), []);
        assert.deepEqual(violations(elsewhere("Same"), attached), []);
        assert.deepEqual(violations(elsewhere("All"), attached), [answers]);
        assert.deepEqual(violations(elsewhere("Selector"), attached), [answers]);
        assert.deepEqual(violations(elsewhere("All"), route({})), []);
    });

    it("does not see what another stack has, nor what a patch leaves", () => {
        assert.deepEqual(violations(route({})), []);
        assert.deepEqual(violations({ ...gateway(), type: `${api}:GatewayPatch` }, route({})), []);
    });

    it("tells what it cannot judge, and judges the rest", () => {
        const open = judged(stackPlainHttp, [gateway(), route({ sectionName: unknown })]);
        assert.deepEqual(open, { violations: [], unjudged: ["spec.parentRefs[edge].sectionName"] });
        assert.deepEqual(violations(gateway(), route({ sectionName: "http" }, [{ filters: unknown }, serves])), [
            answers.replace("[0]", "[1]"),
        ]);
        assert.deepEqual(
            judged(stackPlainHttp, [gateway([{ ...http, hostname: unknown }, https]), route({ sectionName: "https" })]),
            { violations: [], unjudged: [] },
        );
        const somewhere = gateway([http], "Gateway", unknown);
        assert.deepEqual(judged(stackPlainHttp, [somewhere, route({})]).unjudged, ["metadata.namespace"]);
    });
});
