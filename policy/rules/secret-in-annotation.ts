import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import { objectsOf } from "../lib/kubernetes/objects";
import { podsOf } from "../lib/kubernetes/pods";
import type { Config, ResourceRule } from "../lib/rule";
import { notSecret } from "../lib/secrets/config";
import { keysLike, secretsIn, told } from "../lib/secrets/secret-like";

/** A copy of the object, whose fields the other rules judge. */
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
/** As of the secrets that a pod template is to be rolled with. */
const hash = /^(?:sha\d+[:-])?[0-9a-f]{8,}$/i;

function checkMetadata(metadata: Field, judge: Judge, config: Config): void {
    const options = { notSecret: keysLike(config.notSecret as string[]), names: true };
    for (const map of ["annotations", "labels"]) {
        judge.part(() =>
            judge.each(metadata.at(map).entries, ([key, field]) => {
                const text = field.text;
                if (text === undefined || key === lastApplied || hash.test(text)) return;
                const found = secretsIn(key, text, options);
                if (found.length > 0) judge.wrong(field, `holds ${told(found)}; keep it in a Secret`);
            }),
        );
    }
}

export const secretInAnnotation: ResourceRule = {
    name: "secret-in-annotation",
    description: "No password, token or key is in an annotation or label.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation:
        "Move the value into a Secret; where an annotation configures a controller, use the one that takes a Secret's name.",
    config: { notSecret },
    check: (resource, judge, config) => {
        const seen = new Set<string>();
        const check = (metadata: Field) => {
            if (seen.has(metadata.path)) return;
            seen.add(metadata.path);
            judge.part(() => checkMetadata(metadata, judge, config));
        };
        judge.part(() => judge.each(objectsOf(resource), ({ fields }) => check(fields.at("metadata"))));
        judge.part(() => judge.each(podsOf(resource), ({ metadata }) => check(metadata)));
    },
};
