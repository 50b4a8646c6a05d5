import { type Problem, shown } from "../config/error";
import { atMost, external, isSet, notBoth, notGenerated, onlyFor, onlyWith } from "../config/problems";
import { bytes, millicores, postgresBytes } from "../lib/units";
import type { JustDbCloudArgs, Key, Resolved } from "../parts";
import { majorOf } from "./image";

const ofOperator: Key[] = ["postgresOperatorChart", "postgresOperatorImage"];
const ofManaged: Key[] = [
    "postgresInstances",
    "postgresImage",
    "postgresUpgradeFrom",
    "postgresStorageSize",
    "postgresStorageClass",
    "postgresCpuRequest",
    "postgresCpuLimit",
    "postgresMemory",
    "postgresSharedBuffers",
    "postgresOperatorNamespace",
    "postgresArchive",
    "postgresInstallOperator",
    "postgresNodeSelector",
    "postgresTolerations",
    "postgresAffinity",
    "postgresPriorityClass",
    "postgresPasswordGeneration",
    ...ofOperator,
];
const ofExternal: Key[] = [
    "postgresHost",
    "postgresPort",
    "postgresSslMode",
    "postgresCaCertificates",
    "postgresCidrs",
    // CloudNativePG reads no other key than its own.
    "postgresExistingSecretKey",
];

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...atMost(s, "postgresCpuRequest", "postgresCpuLimit", millicores),
    ...notBoth(s, "postgresPassword", "postgresExistingSecret"),
    ...sharedBuffers(s),
    ...upgrade(s),
    ...(s.postgresMode === "external"
        ? [
              ...external(s, "postgresMode", {
                  host: "postgresHost",
                  cidrs: "postgresCidrs",
                  credentials: ["postgresPassword", "postgresExistingSecret"],
              }),
              ...onlyFor(s, chosen, "postgresMode", "managed", ofManaged),
              ...onlyWith(s, chosen, "postgresExistingSecret", ["postgresExistingSecretKey"]),
              ...verification(s),
          ]
        : [
              ...onlyFor(s, chosen, "postgresMode", "external", ofExternal),
              ...notGenerated(s, "postgresPasswordGeneration", ["postgresPassword", "postgresExistingSecret"]),
              ...operatorNamespace(s),
              ...(s.postgresInstallOperator ? [] : onlyFor(s, chosen, "postgresInstallOperator", "true", ofOperator)),
          ]),
];

function sharedBuffers(s: Resolved): Problem[] {
    if (s.postgresSharedBuffers === "" || postgresBytes(s.postgresSharedBuffers)! <= bytes(s.postgresMemory)! / 2) {
        return [];
    }
    return [
        {
            key: "postgresSharedBuffers",
            also: ["postgresMemory"],
            got: `${shown(s.postgresSharedBuffers)}, with postgresMemory ${shown(s.postgresMemory)}`,
            allowed: "half of postgresMemory or less",
            fix: "lower it, raise postgresMemory, or leave it empty for a quarter of postgresMemory",
        },
    ];
}

/** Authorities are for a connection that is verified, and one that is verified by them alone needs them: for a public one anybody may have a certificate. */
function verification({ postgresSslMode: mode, postgresCaCertificates }: Resolved): Problem[] {
    const given = isSet(postgresCaCertificates);
    if (given ? mode.startsWith("verify-") : mode !== "verify-ca") return [];
    const fix = "set postgresSslMode to verify-full";
    return [
        {
            key: "postgresSslMode",
            also: ["postgresCaCertificates"],
            got: `${shown(mode)}, ${given ? "with" : "without"} postgresCaCertificates`,
            allowed: given ? "verify-full or verify-ca: no other reads them" : "verify-full, or disable or require",
            fix: given ? `${fix}, or remove postgresCaCertificates` : `${fix}, or set postgresCaCertificates`,
        },
    ];
}

/** pg_upgrade knows one direction. */
function upgrade(s: Resolved): Problem[] {
    if (s.postgresUpgradeFrom === "" || majorOf(s.postgresUpgradeFrom) <= majorOf(s.postgresImage)) return [];
    return [
        {
            key: "postgresUpgradeFrom",
            also: ["postgresImage"],
            got: `${shown(s.postgresUpgradeFrom)}, with postgresImage ${shown(s.postgresImage)}`,
            allowed: "an image of the same major version of PostgreSQL, or of an earlier one",
            fix: "set postgresImage to one that is not older, or restore a backup into a new database",
        },
    ];
}

/** The namespace of the app has quota and policies for the app alone. */
function operatorNamespace(s: Resolved): Problem[] {
    if (!s.postgresInstallOperator || s.postgresOperatorNamespace !== s.namespace) return [];
    return [
        {
            key: "postgresOperatorNamespace",
            also: ["namespace", "postgresInstallOperator"],
            got: `${shown(s.postgresOperatorNamespace)}, which is namespace`,
            allowed: "another namespace: the operator serves the databases of all namespaces, and outlives this one",
            fix: 'set it to "cnpg-system", for example',
        },
    ];
}
