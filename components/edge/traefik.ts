// What Traefik is told of the Ingress. Pure.
import { bytes } from "../lib/units";
import type { Resolved } from "../parts";
import type { Annotations, Decided } from "./annotations";
import { names } from "./names";
import { speaksTls } from "./tls";

const prefix = "traefik.ingress.kubernetes.io/router.";

/** Its Middleware objects, by name: those that requests pass through, one after the other, and the redirect. */
export function middlewares(s: Resolved): Record<string, object> {
    const isSecure = speaksTls(s);
    return {
        ...(isSecure && s.hstsSeconds > 0 ? { [names.hsts]: { headers: { stsSeconds: s.hstsSeconds } } } : {}),
        ...(s.maxBodySize === ""
            ? {}
            : { [names.bodySize]: { buffering: { maxRequestBodyBytes: bytes(s.maxBodySize) } } }),
        ...(isSecure ? { [names.redirect]: { redirectScheme: { scheme: "https", permanent: true } } } : {}),
    };
}

const reference = ({ namespace }: Resolved, name: string) => `${namespace}-${name}@kubernetescrd`;

/** For the Ingress that serves. It names its entry point: else a router without TLS takes part at that for HTTPS, and vice versa. */
export function decided(s: Resolved): Decided {
    const isSecure = speaksTls(s);
    const passed = Object.keys(middlewares(s)).filter((name) => name !== names.redirect);
    const list = `${prefix}middlewares`;
    return {
        values: {
            [`${prefix}entrypoints`]: isSecure ? "websecure" : "web",
            ...(isSecure ? { [`${prefix}tls`]: "true" } : {}),
            ...(passed.length > 0 ? { [list]: passed.map((name) => reference(s, name)).join(",") } : {}),
        },
        covers: (name) => [`${prefix}entrypoints`, `${prefix}tls`, list].includes(name.toLowerCase()),
        isList: (name) => name === list,
    };
}

/** For the Ingress that redirects. */
export const redirected = (s: Resolved): Annotations => ({
    [`${prefix}entrypoints`]: "web",
    [`${prefix}middlewares`]: reference(s, names.redirect),
});
