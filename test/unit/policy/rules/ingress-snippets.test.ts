import assert from "node:assert/strict";
import { ingressSnippets } from "../../../../policy/rules/ingress-snippets";
import { breaks } from "../../../support/policy/breaks/ingress-snippets";
import { goodIngress } from "../../../support/policy/breaks/ingress-host";
import { type Given, judged, type Props } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(ingressSnippets, breaks);

describe("ingress-snippets", () => {
    const annotated = (annotations: Props): Given => {
        const given = goodIngress();
        return { ...given, props: { ...given.props, metadata: { annotations } } };
    };

    it("lets other annotations be, and snippets without text", () => {
        const annotations = {
            "nginx.ingress.kubernetes.io/ssl-redirect": "true",
            "nginx.ingress.kubernetes.io/server-snippet": "",
            "example.com/snippets-allowed": "no",
        };
        assert.deepEqual(judged(ingressSnippets, annotated(annotations)).violations, []);
    });

    it("never prints the snippet", () => {
        const text = "set $token 4c2f;";
        const [violation] = judged(
            ingressSnippets,
            annotated({ "nginx.ingress.kubernetes.io/auth-snippet": text }),
        ).violations;
        assert.ok(violation && !violation.includes(text));
    });

    it("finds what ends a line of ingress-nginx's configuration, by whichever annotation", () => {
        for (const [key, value] of [
            ["auth-url", "http://auth.example.com/#;}\n}\nload_module /tmp/a.so;"],
            ["auth-tls-match-cn", "CN=a #(\n){}\n }}\nssl_engine x;"],
            ["mirror-target", "https://a.example.com;\n}"],
            ["mirror-host", "a.example.com; root /"],
            ["auth-proxy-set-headers", "team/headers;}"],
            ["server-alias", "a.example.com; }"],
            ["rewrite-target", "/$1;\nroot /"],
            ["auth-url", '"; root /; "'],
            ["proxy-cookie-path", '/ "/; Secure"; root /'],
            ["proxy-cookie-path", '/ x"; root /; "'],
            ["proxy-cookie-path", '/ "/";root "/"'],
            ["proxy-cookie-path", '/ "\n;"'],
        ] as const) {
            const given = annotated({ [`nginx.ingress.kubernetes.io/${key}`]: value });
            assert.equal(judged(ingressSnippets, given).violations.length, 1, key);
        }
    });

    it("finds a path that ends its block, and lets regular expressions and parameters be", () => {
        const of = (path: string) => {
            const { props, ...given } = goodIngress();
            const rules = [{ host: "a.example.com", http: { paths: [{ path, pathType: "ImplementationSpecific" }] } }];
            const spec = { ...(props.spec as Props), rules };
            return judged(ingressSnippets, { ...given, props: { ...props, spec } }).violations.length;
        };
        for (const path of ["/x { return 200; } location /y", "/x\nroot /;", "/x;}\n}"])
            assert.equal(of(path), 1, path);
        for (const path of ["/", "/v[0-9]{1,2}(/|$)(.*)", "/orders;v=1/items", "/api/*"])
            assert.equal(of(path), 0, path);
    });

    it("lets the same annotations have one value", () => {
        for (const [key, value] of [
            ["auth-url", "https://auth.example.com/verify?uri=$request_uri"],
            ["auth-signin", "https://$host/oauth2/start?rd=$escaped_request_uri"],
            ["auth-tls-match-cn", "CN=client-[a-z]{1,8}"],
            ["mirror-target", "https://mirror.example.com/$request_uri"],
            ["auth-proxy-set-headers", "team/headers"],
            ["server-alias", "~^www\\d{2}\\.example\\.com$"],
            ["upstream-hash-by", "${request_uri}"],
            ["auth-cache-key", "$remote_user$http_authorization"],
            ["proxy-cookie-path", '/ "/; Secure; SameSite=None"'],
            ["proxy-cookie-path", "~^/(.*)$ '/$1; HttpOnly'"],
        ] as const) {
            const given = annotated({ [`nginx.ingress.kubernetes.io/${key}`]: value });
            assert.deepEqual(judged(ingressSnippets, given).violations, [], key);
        }
    });

    it("knows haproxy-ingress, also at a Service, and the custom resources of NGINX", () => {
        const service = (key: string): Given => ({
            type: "kubernetes:core/v1:Service",
            props: { metadata: { annotations: { [key]: "http-request deny" } }, spec: {} },
        });
        for (const key of [
            "haproxy-ingress.github.io/config-backend",
            "haproxy-ingress.github.io/config-frontend-late",
            "ingress.kubernetes.io/config-backend",
            "haproxy.org/backend-config-snippet",
        ])
            assert.equal(judged(ingressSnippets, service(key)).violations.length, 1, key);
        assert.deepEqual(judged(ingressSnippets, service("haproxy-ingress.github.io/config-name")).violations, []);
        const custom = (type: string, spec: Props): Given => ({ type: `kubernetes:${type}`, props: { spec } });
        const snippets = [{ context: "http.server.location", value: "return 418;" }];
        for (const given of [
            custom("gateway.nginx.org/v1alpha1:SnippetsFilter", { snippets }),
            custom("gateway.nginx.org/v1alpha1:SnippetsPolicy", { snippets }),
            custom("k8s.nginx.org/v1:VirtualServer", { "server-snippets": "return 418;" }),
            custom("k8s.nginx.org/v1:VirtualServer", { routes: [{ path: "/", "location-snippets": "return 418;" }] }),
            custom("k8s.nginx.org/v1:TransportServer", { streamSnippets: "deny all;" }),
        ])
            assert.equal(judged(ingressSnippets, given).violations.length, 1, given.type);
        assert.deepEqual(judged(ingressSnippets, custom("k8s.nginx.org/v1:VirtualServer", { host: "a.b" })).violations, []);
    }); // prettier-ignore
});
