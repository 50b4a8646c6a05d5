import type { Problem } from "../config/error";
import { isSet, notBoth } from "../config/problems";
import type { JustDbCloudArgs, Key, Resolved } from "../parts";
import { tlsSecretName } from "./tls";

export const gatewayChecks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...which(s),
    ...ofShared(s, chosen),
    ...section(s),
    ...ports(s),
    // A redirect leads to HTTPS.
    ...notBoth(s, "gatewayRedirectSection", "allowPlainHttp"),
];

/** A Gateway of its own, or one that is there. */
function which(s: Resolved): Problem[] {
    const [named, classed] = [isSet(s.gatewayName), isSet(s.gatewayClass)];
    if (named !== classed) return [];
    return [
        {
            key: "gatewayName",
            also: ["gatewayClass", "edge"],
            got: named ? "gatewayName and gatewayClass" : "neither gatewayName nor gatewayClass, with edge gateway",
            allowed: "one of the two",
            fix: "set gatewayName for a Gateway that is there, or gatewayClass for one of its own",
        },
    ];
}

function ofShared(s: Resolved, chosen: JustDbCloudArgs): Problem[] {
    const keys: Key[] = ["gatewayNamespace", "gatewaySection", "gatewayRedirectSection"];
    if (s.gatewayName !== "") return [];
    return keys
        .filter((key) => chosen[key] !== undefined)
        .map((key) => ({
            key,
            also: ["gatewayName"],
            got: `${key}, without gatewayName`,
            allowed: "nothing: it is about the Gateway that gatewayName names",
            fix: `remove ${key}, or set gatewayName`,
        }));
}

/** Without the name of a listener, a route is attached to all of them: to that for plain HTTP too. */
function section(s: Resolved): Problem[] {
    if (s.gatewayName === "") return [];
    const isOwn = tlsSecretName(s) !== "";
    if (isOwn && s.gatewaySection !== "") {
        return [
            {
                key: "gatewaySection",
                also: ["tlsSecret", "tlsIssuer"],
                got: "a listener of the Gateway, and a certificate of its own",
                allowed: "one of the two: a certificate of its own comes with a listener of its own",
                fix: "remove gatewaySection, or tlsSecret and tlsIssuer",
            },
        ];
    }
    if (isOwn || s.allowPlainHttp || s.gatewaySection !== "") return [];
    return [
        {
            key: "gatewaySection",
            also: ["gatewayName", "tlsSecret", "tlsIssuer", "allowPlainHttp"],
            got: "nothing, with gatewayName and no certificate of its own",
            allowed: "the name of the Gateway's listener that has the certificate",
            fix: 'set it to "https", for example; or set tlsSecret or tlsIssuer for a listener of its own',
        },
    ];
}

/** Of two listeners that differ in their protocol alone, a gateway takes one. */
function ports(s: Resolved): Problem[] {
    const isBoth = tlsSecretName(s) !== "" && s.gatewayRedirectSection === "";
    if (!isBoth || s.gatewayHttpPort !== s.gatewayHttpsPort) return [];
    return [
        {
            key: "gatewayHttpPort",
            also: ["gatewayHttpsPort"],
            got: `${s.gatewayHttpPort}, which is gatewayHttpsPort`,
            allowed: "another port: the listener for HTTP has one of its own",
            fix: "give the two different ports",
        },
    ];
}
