// Pulumi writes camelCase, the AWS APIs PascalCase with capital initials: kmsMasterKeyId and KMSMasterKeyID.
import { isArray, isObject } from "../lib/values";

const special: Record<string, string> = { kmsMasterKeyId: "KMSMasterKeyID", sseAlgorithm: "SSEAlgorithm", id: "ID" };
const back = Object.fromEntries(Object.entries(special).map(([camel, pascal]) => [pascal, camel]));

function rename(value: unknown, change: (key: string) => string): unknown {
    if (isArray(value)) return value.map((item) => rename(item, change));
    if (!isObject(value)) return value instanceof Date ? value.toISOString() : value;
    const members = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
    return Object.fromEntries(members.map(([key, item]) => [change(key), rename(item, change)]));
}

export function toPascal(value: unknown): unknown {
    return rename(value, (key) => special[key] ?? key.charAt(0).toUpperCase() + key.slice(1));
}

export function toCamel(value: unknown): unknown {
    return rename(value, (key) => back[key] ?? key.charAt(0).toLowerCase() + key.slice(1));
}
