import { isDeepStrictEqual } from "node:util";
import type { JustDbCloudArgs } from "../args";
import { type Problem, shown } from "../lib/error";
import { parseRestoreSource } from "../lib/restore-source";
import { longestPauseHours } from "../lib/schedule";
import { bytes, millicores, postgresBytes } from "../lib/units";
import { type Key, settings } from "../settings";

type Complete = Required<JustDbCloudArgs>;
/** Arguments that are plain text or numbers. */
type Plain = { [K in Key]: Complete[K] extends string | number ? K : never }[Key];
type Mode = "serviceType" | "postgresMode" | "postgresInstallOperator" | "redisMode";

/** Arguments that one mode reads and the other does not. */
const operatorOnly: Key[] = ["postgresOperatorChart", "postgresOperatorImage"];
const managedOnly: Key[] = [
    "postgresInstances",
    "postgresImage",
    "postgresStorageSize",
    "postgresStorageClass",
    "postgresCpuRequest",
    "postgresCpuLimit",
    "postgresMemory",
    "postgresSharedBuffers",
    "postgresOperatorNamespace",
    "postgresArchive",
    "postgresInstallOperator",
    ...operatorOnly,
];
const archiveOnly: Key[] = ["archiveSchedule", "archiveRetentionDays", "archiveTimeoutSeconds"];
const externalPostgresOnly: Key[] = ["postgresHost", "postgresPort", "postgresSslMode", "postgresCidrs"];
const inClusterOnly: Key[] = ["redisImage", "redisMemory", "redisStorageSize", "redisStorageClass"];
const externalRedisOnly: Key[] = ["redisHost", "redisPort", "redisTls", "redisCidrs", "redisExistingSecret"];

/** Checks arguments against each other. Each of them is good on its own. */
export function checkTogether(s: Complete, given: JustDbCloudArgs): Problem[] {
    const onlyFor = (mode: Mode, needed: string, of: Key[]) =>
        of.filter((key) => isGiven(given, key)).map((key) => misplaced(s, key, mode, needed));
    return [
        ...atMost(s, "appReplicas", "appMaxReplicas", Number),
        ...atMost(s, "appCpuRequest", "appCpuLimit", millicores),
        ...atMost(s, "appMemoryRequest", "appMemoryLimit", bytes),
        ...atMost(s, "postgresCpuRequest", "postgresCpuLimit", millicores),
        ...notBoth(s, "jwtSecret", "jwtExistingSecret"),
        ...notBoth(s, "postgresPassword", "postgresExistingSecret"),
        ...notBoth(s, "redisPassword", "redisExistingSecret"),
        ...(s.serviceType === "LoadBalancer"
            ? clientsOf(s)
            : onlyFor("serviceType", "LoadBalancer", ["loadBalancerSourceRanges"])),
        ...buckets(s),
        ...originals(s),
        ...sharedBuffers(s),
        ...archiveOfManaged(s),
        ...withArchive(s, given),
        ...tooSoon(s, "backupMaxAgeHours", 1, "hours", "backupSchedule"),
        ...tooSoon(s, "drillMaxAgeDays", 24, "days", "drillSchedule"),
        ...(s.postgresMode === "external"
            ? [
                  ...external(s, "postgresMode", "postgresHost", "postgresCidrs", [
                      "postgresPassword",
                      "postgresExistingSecret",
                  ]),
                  ...onlyFor("postgresMode", "managed", managedOnly),
              ]
            : [
                  ...onlyFor("postgresMode", "external", externalPostgresOnly),
                  ...operatorNamespace(s),
                  ...(s.postgresInstallOperator ? [] : onlyFor("postgresInstallOperator", "true", operatorOnly)),
              ]),
        ...(s.redisMode === "external"
            ? [
                  ...external(s, "redisMode", "redisHost", "redisCidrs", ["redisPassword", "redisExistingSecret"]),
                  ...onlyFor("redisMode", "inCluster", inClusterOnly),
              ]
            : onlyFor("redisMode", "external", externalRedisOnly)),
    ];
}

const isSet = (value: unknown) => (Array.isArray(value) ? value.length > 0 : value !== "" && value !== false);

/** Whether somebody chose a value. The engine hands over every default of Pulumi.yaml, so a default tells nothing. */
function isGiven(given: JustDbCloudArgs, key: Key): boolean {
    const value = given[key] ?? "";
    return isSet(value) && !isDeepStrictEqual(value, settings[key].default);
}

function atMost(s: Complete, low: Plain, high: Plain, measure: (value: string) => number | undefined): Problem[] {
    if (measure(String(s[low]))! <= measure(String(s[high]))!) {
        return [];
    }
    return [
        {
            key: low,
            also: [high],
            got: `${shown(s[low])}, with ${high} ${shown(s[high])}`,
            allowed: `${high} or less`,
            fix: `lower ${low} or raise ${high}`,
        },
    ];
}

function notBoth(s: Complete, value: Key, existing: Key): Problem[] {
    if (!isSet(s[value]) || !isSet(s[existing])) {
        return [];
    }
    return [
        {
            key: value,
            also: [existing],
            got: `${value} and ${existing}`,
            allowed: "one of the two",
            fix: `remove ${value} or ${existing}`,
        },
    ];
}

function clientsOf(s: Complete): Problem[] {
    if (s.loadBalancerSourceRanges.length > 0) {
        return [];
    }
    return [
        {
            key: "loadBalancerSourceRanges",
            also: ["serviceType"],
            got: "nothing, with serviceType LoadBalancer",
            allowed: "the CIDRs of the clients",
            fix: `set it to ["203.0.113.0/24"], for example, or set serviceType to ClusterIP`,
        },
    ];
}

function buckets(s: Complete): Problem[] {
    if (s.schemasBucketName === "" || s.schemasBucketName !== s.backupsBucketName) {
        return [];
    }
    return [
        {
            key: "backupsBucketName",
            also: ["schemasBucketName"],
            got: `${shown(s.backupsBucketName)}, which is schemasBucketName`,
            allowed: "another bucket: a backup beside its original is lost with it",
            fix: "give the two buckets different names",
        },
    ];
}

/** Whoever writes over a backup leaves the original as an old version: it must last as long as the backup is listed. */
function originals(s: Complete): Problem[] {
    if (s.storageNoncurrentDays >= s.backupRetentionDays) {
        return [];
    }
    return [
        {
            key: "storageNoncurrentDays",
            also: ["backupRetentionDays"],
            got: `${s.storageNoncurrentDays}, with backupRetentionDays ${s.backupRetentionDays}`,
            allowed: "backupRetentionDays or more: a backup that is written over is kept as an old version only",
            fix: "raise storageNoncurrentDays or lower backupRetentionDays",
        },
    ];
}

function sharedBuffers(s: Complete): Problem[] {
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

/** The namespace of the app has quota and policies for the app alone. */
function operatorNamespace(s: Complete): Problem[] {
    if (!s.postgresInstallOperator || s.postgresOperatorNamespace !== s.namespace) {
        return [];
    }
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

/** Only CloudNativePG can start a server from an archive. */
function archiveOfManaged(s: Complete): Problem[] {
    if (s.postgresMode === "managed" || parseRestoreSource(s.restoreFrom)?.kind !== "archive") {
        return [];
    }
    return [
        {
            key: "restoreFrom",
            also: ["postgresMode"],
            got: `${shown(s.restoreFrom)}, with postgresMode external`,
            allowed: "a backup: s3://BUCKET/latest, s3://BUCKET/ID or s3://BUCKET/TIME",
            fix: "take a backup, or let the provider of the server restore it to the moment",
        },
    ];
}

/** What says how to archive says nothing without an archive. */
function withArchive(s: Complete, given: JustDbCloudArgs): Problem[] {
    const useless = s.postgresArchive ? [] : archiveOnly.filter((key) => isGiven(given, key));
    return useless.map((key) => ({
        key,
        also: ["postgresArchive", "postgresMode"],
        got: `${shown(s[key])}, with postgresArchive false`,
        allowed: "nothing: it is for postgresArchive true only",
        fix: `remove ${key}${s.postgresMode === "managed" ? ", or set postgresArchive to true" : ""}`,
    }));
}

/** An age that is reached between two runs would be reported each time. */
function tooSoon(
    s: Complete,
    key: "backupMaxAgeHours" | "drillMaxAgeDays",
    hours: number,
    unit: string,
    schedule: "backupSchedule" | "drillSchedule",
): Problem[] {
    const pause = Math.ceil(longestPauseHours(s[schedule]) / hours);
    if (s[key] === 0 || s[key] > pause || pause === 0) {
        return [];
    }
    return [
        {
            key,
            also: [schedule],
            got: `${s[key]} ${unit}, with ${schedule} ${shown(s[schedule])}`,
            allowed: `more than its longest pause, ${pause} ${unit}; or 0 for any age`,
            fix: `raise it, remove it, or let ${schedule} run more often`,
        },
    ];
}

/** What a server outside of the cluster cannot do without. */
function external(s: Complete, mode: Mode, host: Key, cidrs: Key, credentials: [Key, Key]): Problem[] {
    const missing = (keys: [Key, ...Key[]], allowed: string, fix: string): Problem => ({
        key: keys[0],
        also: [...keys.slice(1), mode],
        got: `nothing, with ${mode} external`,
        allowed,
        fix,
    });
    const problems: Problem[] = [];
    if (!isSet(s[host])) {
        problems.push(missing([host], "the host name or address of the server", `set ${host}`));
    }
    if (!isSet(s[cidrs])) {
        problems.push(missing([cidrs], "the CIDRs of the server", `set ${cidrs} to ["10.20.0.0/24"], for example`));
    }
    if (!credentials.some((key) => isSet(s[key]))) {
        const [value, existing] = credentials;
        const fix = `pulumi config set --secret ${value}, or set ${existing} to the name of a Secret`;
        problems.push(missing(credentials, `${value} or ${existing}`, fix));
    }
    return problems;
}

function misplaced(s: Complete, key: Key, mode: Mode, needed: string): Problem {
    const value = settings[key].input ? "a value" : shown(s[key]);
    return {
        key,
        also: [mode],
        got: `${value}, with ${mode} ${s[mode]}`,
        allowed: `nothing: it is for ${mode} ${needed} only`,
        fix: `remove ${key}, or set ${mode} to ${needed}`,
    };
}
