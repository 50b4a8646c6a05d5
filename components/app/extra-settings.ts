import * as pulumi from "@pulumi/pulumi";
import * as a from "../config/setting";
import type { AppExtraArgs } from "./extra-args";

/** Within a value of Kubernetes' own form something may be known later. */
const isLater = (value: unknown) => pulumi.Output.isInstance(value) || value instanceof Promise;
const isTextOrLater = (value: unknown) => value === undefined || a.isText(value) || isLater(value);

function isVariable({ name, value, valueFrom, ...more }: Record<string, unknown>): boolean {
    const isNamed = a.isText(name) && /^[A-Za-z_][\w.-]*$/.test(name);
    const isOne = valueFrom === undefined ? isTextOrLater(value) : value === undefined && isSource(valueFrom);
    return isNamed && isOne && Object.keys(more).length === 0;
}

const sources = ["secretKeyRef", "configMapKeyRef", "fieldRef", "resourceFieldRef"];

const isSource = (value: unknown) =>
    isLater(value) ||
    (a.isObject(value) && sources.includes(Object.keys(value).join()) && a.isObject(Object.values(value)[0]));

const isVolumeName = (name: unknown) => a.isText(name) && /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name);

/** The name, and where its content comes from. */
const isVolume = ({ name, ...source }: Record<string, unknown>) =>
    isVolumeName(name) &&
    Object.keys(source).length === 1 &&
    (isLater(Object.values(source)[0]) || a.isObject(Object.values(source)[0]));

const isMount = ({ name, mountPath }: Record<string, unknown>) =>
    isVolumeName(name) && a.isText(mountPath) && /^\/[^:]+$/.test(mountPath);

export const extraSchema: a.Schema<AppExtraArgs> = {
    appExtraEnv: a.objects(
        `a list of variables: name, and value (text) or valueFrom with one of ${sources.join(", ")}`,
        isVariable,
        { default: [], example: [{ name: "HTTPS_PROXY", value: "http://proxy.example.com:3128" }], hidden: true },
    ),
    appExtraVolumes: a.objects("a list of volumes: name, and one kind of source", isVolume, {
        default: [],
        example: [{ name: "company", configMap: { name: "company-authorities" } }],
    }),
    appExtraVolumeMounts: a.objects("a list of mounts: name of a volume, and mountPath, which starts with /", isMount, {
        default: [],
        example: [{ name: "company", mountPath: "/etc/ssl/company", readOnly: true }],
    }),
};
