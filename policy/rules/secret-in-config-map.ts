import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import { fromBase64, readable } from "../lib/secrets/entropy";
import { type Config, eachObject, type ResourceRule } from "../lib/rule";
import { keysLike, secretsIn, told } from "../lib/secrets/secret-like";
import { notSecret } from "../lib/secrets/config";

const code =
    /\.(?:[cm]?[jt]sx?|py|lua|go|rb|java|groovy|kts?|php|pl|vcl|rego|sql|cs|rs|tf|hcl|alloy|jsonnet|libsonnet|cue)$/;

function check(key: string, value: string, field: Field, judge: Judge, config: Config): void {
    const found = secretsIn(key, value, { notSecret: keysLike(config.notSecret as string[]), code: code.test(key) });
    if (found.length > 0) judge.wrong(field, `holds ${told(found)}; keep it in a Secret`);
}

export const secretInConfigMap: ResourceRule = {
    name: "secret-in-config-map",
    description: "No ConfigMap holds a password, token or key, by itself or inside a file.",
    severity: "critical",
    level: "mandatory",
    references: ["Polaris sensitiveConfigmapContent", "KSV-0109", "C-0012"],
    remediation:
        "Move the value into a Secret; in a configuration file refer to it by a variable such as ${DB_PASSWORD}.",
    config: { notSecret },
    check: eachObject([{ kind: "ConfigMap", groups: [""] }], ({ fields }, judge, config) => {
        judge.part(() =>
            judge.each(fields.at("data").entries, ([key, field]) => {
                if (field.text !== undefined) check(key, field.text, field, judge, config);
            }),
        );
        judge.part(() =>
            judge.each(fields.at("binaryData").entries, ([key, field]) => {
                const bytes = fromBase64(field.text ?? "");
                const text = bytes && readable(bytes);
                if (text !== undefined) check(key, text, field, judge, config);
            }),
        );
    }),
};
