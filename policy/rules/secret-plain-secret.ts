import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import { isRelease } from "../lib/kubernetes/release";
import { eachObject, type ResourceRule } from "../lib/rule";

/** Parts of a Secret that are there to be seen. */
const openKeys =
    /^(?:ca\.crt|tls\.crt|ca-?bundle|.*\.(?:pub|crt|cer)|user|username|host|hostname|port|database|dbname|namespace|type)$/i;

function checkMap(map: Field, judge: Judge): void {
    // A mark is known also where a value is not.
    if (map.secret) return;
    judge.each(map.entries, ([key, field]) => {
        if (field.secret || openKeys.test(key)) return;
        if (field.text !== undefined && field.text !== "")
            judge.wrong(field, "is not marked as a secret, so the state keeps it in plain; wrap it in pulumi.secret");
    });
}

const check = eachObject([{ kind: "Secret", groups: [""] }], ({ fields }, judge) => {
    for (const map of ["data", "stringData"]) judge.part(() => checkMap(fields.at(map), judge));
});

export const secretPlainSecret: ResourceRule = {
    name: "secret-plain-secret",
    description: "The data of every Secret is marked as a secret, so that Pulumi's state keeps it encrypted.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation:
        "Wrap the data in pulumi.secret, or take it from config.requireSecret, RandomPassword or another secret output.",
    // What a Release renders is not in the state.
    check: (resource, judge, config) => {
        if (!isRelease(resource)) check(resource, judge, config);
    },
};
