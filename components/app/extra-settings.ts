import { isSet } from "../config/problems";
import * as a from "../config/setting";
import { isLater } from "../lib/known";
import type { AppExtraArgs } from "./extra-args";

/** Within a value of Kubernetes' own form something may be known later. */
const isTextOrLater = (value: unknown) => value === undefined || a.isText(value) || isLater(value);

function isVariable({ name, value, valueFrom, ...more }: Record<string, unknown>): boolean {
    const isNamed = a.isText(name) && /^[A-Za-z_][\w.-]*$/.test(name);
    const isOne = valueFrom === undefined ? isTextOrLater(value) : value === undefined && isSource(valueFrom);
    return isNamed && isOne && Object.keys(more).length === 0;
}

/** What each kind of source cannot do without. */
type Needed = Map<string, string[]>;

const ofVariables: Needed = new Map([
    ["secretKeyRef", ["name", "key"]],
    ["configMapKeyRef", ["name", "key"]],
    ["fieldRef", ["fieldPath"]],
    ["resourceFieldRef", ["resource"]],
]);
/** Others need nothing, or are refused by Pod Security. */
const ofVolumes: Needed = new Map([
    ["secret", ["secretName"]],
    ["configMap", ["name"]],
    ["persistentVolumeClaim", ["claimName"]],
    ["csi", ["driver"]],
    ["ephemeral", ["volumeClaimTemplate"]],
]);

const inWords = (needed: Needed) =>
    [...needed].map(([kind, fields]) => `${kind} with ${fields.join(" and ")}`).join(", ");

/** One kind, with what it needs. */
function isOneSource(source: Record<string, unknown>, needed: Needed): boolean {
    const [[kind, content] = ["", undefined], ...more] = Object.entries(source);
    const isWhole = (fields: Record<string, unknown>) =>
        (needed.get(kind) ?? []).every((name) => isSet(fields[name] ?? ""));
    return more.length === 0 && (isLater(content) || (a.isObject(content) && isWhole(content)));
}

const isSource = (value: unknown) =>
    isLater(value) ||
    (a.isObject(value) && Object.keys(value).every((kind) => ofVariables.has(kind)) && isOneSource(value, ofVariables));

const isVolumeName = (name: unknown) => a.isText(name) && /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name);

/** The name, and where its content comes from. */
const isVolume = ({ name, ...source }: Record<string, unknown>) => isVolumeName(name) && isOneSource(source, ofVolumes);

const ofMounts = ["readOnly", "recursiveReadOnly", "subPath", "subPathExpr", "mountPropagation"];

const isMount = ({ name, mountPath, ...more }: Record<string, unknown>) =>
    isVolumeName(name) &&
    a.isText(mountPath) &&
    /^\/[^:]+$/.test(mountPath) &&
    Object.keys(more).every((field) => ofMounts.includes(field));

export const extraSchema: a.Schema<AppExtraArgs> = {
    appExtraEnv: a.objects(
        `a list of variables: name, and value (text) or valueFrom with one of ${inWords(ofVariables)}`,
        isVariable,
        { default: [], example: [{ name: "HTTPS_PROXY", value: "http://proxy.example.com:3128" }], hidden: true },
    ),
    appExtraVolumes: a.objects(
        `a list of volumes: name, and one kind of source: ${inWords(ofVolumes)}, or another`,
        isVolume,
        { default: [], example: [{ name: "company", configMap: { name: "company-authorities" } }] },
    ),
    appExtraVolumeMounts: a.objects(
        `a list of mounts: name of a volume, mountPath, which starts with /, and some of ${ofMounts.join(", ")}`,
        isMount,
        { default: [], example: [{ name: "company", mountPath: "/etc/ssl/company", readOnly: true }] },
    ),
};
