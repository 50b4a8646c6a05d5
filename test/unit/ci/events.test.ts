import assert from "node:assert/strict";
import { type Event, reportOf } from "../../../ci/events";
import { blocked, objections, overridden } from "../../../ci/report";
import { blinded, diagnostic, remediation, step, summary, urnOf, violation } from "../../support/ci-events";

const read = (events: Event[], allowed?: string[]) => reportOf("prod", events, allowed);
const only = (...events: Event[]) => read([...events, summary()]).changes[0]!;

const statefulSet = "kubernetes:apps/v1:StatefulSet";
const cluster = "kubernetes:postgresql.cnpg.io/v1:Cluster";

/** The steps of a replacement, in the engine's order. */
const replacement = (type: string, inputs: Record<string, unknown>, path: string) => [
    step({ op: "delete-replaced", type, before: inputs }),
    step({ op: "replace", type, before: inputs, after: inputs, diff: { [path]: "update-replace" } }),
    step({ op: "create-replacement", type, before: inputs, after: inputs, diff: { [path]: "update-replace" } }),
];

describe("a change", () => {
    it("is the resource, the operation, and each property with its values", () => {
        const change = only(
            step({
                ...{ op: "update", before: { spec: { replicas: 2 } }, after: { spec: { replicas: 3 } } },
                diff: { "spec.replicas": "update" },
            }),
        );
        assert.deepEqual(change, {
            ...{ operation: "update", urn: urnOf("kubernetes:apps/v1:Deployment", "app"), retained: false },
            type: "kubernetes:apps/v1:Deployment",
            properties: [{ path: "spec.replicas", replaces: false, from: "2", to: "3" }],
        });
    });

    it("leaves out what the provider keeps for itself", () => {
        const inputs = { before: { __fieldManager: "a" }, after: { __fieldManager: "b" } };
        assert.deepEqual(only(step({ op: "update", ...inputs, diff: { __fieldManager: "update" } })).properties, []);
    });

    it("takes the old value from the outputs where the provider compared with those", () => {
        const event = step({
            ...{ op: "update", before: { size: 1 }, after: { size: 3 }, state: { outputs: { size: 2 } } },
            more: { detailedDiff: { size: { diffKind: "update" as never, inputDiff: false } } },
        });
        assert.equal(only(event).properties[0]!.from, "2");
    });

    it("of a component is compared here, since no provider does", () => {
        const before = { appMaxReplicas: 3, same: 1, __internal: 1, password: blinded };
        const { properties } = only(
            step({ op: "update", before, after: { ...before, appMaxReplicas: 4, __internal: 2 } }),
        );
        assert.deepEqual(properties, [{ path: "appMaxReplicas", replaces: false, from: "3", to: "4" }]);
    });

    it("of a secret is seen by the engine's own list of keys", () => {
        const event = step({ op: "update", before: { p: blinded }, after: { p: blinded }, more: { diffs: ["p"] } });
        assert.deepEqual(only(event).properties, [{ path: "p", replaces: false, from: "[secret]", to: "[secret]" }]);
    });

    it("is one replacement out of the engine's three steps", () => {
        const { changes } = read([...replacement(statefulSet, {}, "spec.serviceName"), summary()]);
        assert.deepEqual(
            changes.map(({ operation, properties }) => [operation, properties.length, properties[0]!.replaces]),
            [["replace", 1, true]],
        );
    });

    it("is none where the engine leaves, reads or refreshes", () => {
        const report = read([...["same", "same", "read", "refresh"].map((op) => step({ op })), summary()]);
        assert.deepEqual([report.unchanged, report.changes], [2, []]);
    });
});

describe("what holds data", () => {
    const inputs = { spec: { volumeClaimTemplates: [{}] } };
    const holders: [string, Record<string, unknown>?][] = [
        [statefulSet, inputs],
        ["kubernetes:core/v1:Namespace"],
        ["kubernetes:core/v1:PersistentVolumeClaim"],
        [cluster],
        ["kubernetes:helm.sh/v3:Release"],
        ["kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"],
        ["aws:s3/bucket:Bucket"],
        ["aws:s3/bucketV2:BucketV2"],
        ["aws:iam/accessKey:AccessKey"],
        ["aws:kms/key:Key"],
        ["aws:rds/instance:Instance"],
        ["random:index/randomPassword:RandomPassword"],
        ["random:index/randomId:RandomId"],
        ["tls:index/privateKey:PrivateKey"],
    ];
    for (const [type, before = {}] of holders) {
        it(`${type}: blocks its replacement and its deletion, not its update`, () => {
            for (const events of [replacement(type, before, "spec"), [step({ op: "delete", type, before })]]) {
                const report = read([...events, summary()]);
                assert.equal(blocked(report).length, 1);
                assert.match(objections(report).join(), /^blocked: would replace or delete 1 with data$/);
            }
            const update = step({ op: "update", type, before, after: before });
            assert.deepEqual(objections(read([update, summary()])), []);
        });
    }

    for (const type of [
        "kubernetes:apps/v1:Deployment",
        "kubernetes:core/v1:Service",
        statefulSet,
        "aws:iam/user:User",
    ]) {
        it(`${type} without volumes may be replaced`, () => {
            const report = read([...replacement(type, { spec: {} }, "spec"), summary()]);
            assert.deepEqual(objections(report), []);
        });
    }

    it("is not an access key that a rotation has put out of use", () => {
        const type = "aws:iam/accessKey:AccessKey";
        const report = read([step({ op: "delete", type, before: { status: "Inactive" } }), summary()]);
        assert.deepEqual(objections(report), []);
    });

    it("is also what the program protects or retains", () => {
        for (const state of [{ protect: true }, { retainOnDelete: true }]) {
            const report = read([step({ op: "delete", before: {}, state }), summary()]);
            assert.equal(blocked(report).length, 1);
            assert.equal(report.changes[0]!.retained, "retainOnDelete" in state);
        }
    });

    it("may be lost when its very URN is allowed, and no other", () => {
        const urn = urnOf(cluster, "app");
        const events = [
            step({ op: "delete", type: cluster, before: {} }),
            step({ op: "delete", type: cluster, name: "other", before: {} }),
            summary(),
        ];
        const report = read(events, [urn, "urn:pulumi:dev::justdb-cloud::x:y:Z::z"]);
        assert.deepEqual(report.allowed, [urn], "of this stack alone");
        assert.deepEqual(
            blocked(report).map((change) => change.urn),
            [urnOf(cluster, "other")],
        );
        assert.deepEqual(
            overridden(report).map((change) => change.urn),
            [urn],
        );
    });
});

describe("policies", () => {
    const urn = urnOf("kubernetes:core/v1:Pod", "bad");

    it("are reported once, without the engine's colours", () => {
        const twice = violation("mandatory", "pod-security-privileged", "spec.x: is true", urn);
        const { violations } = read([twice, twice, summary("failed")]);
        const message = "spec.x: is true";
        assert.deepEqual(violations, [
            { level: "mandatory", rule: "pod-security-privileged", severity: "high", urn, message },
        ]);
    });

    it("are parted into what the rule is about, and what is wrong", () => {
        const broken = violation("mandatory", "r", "No pod does.\nspec.x: is 1;\nis 2");
        const { violations } = read([broken, summary("failed")]);
        assert.deepEqual([violations[0]!.about, violations[0]!.message], ["No pod does.", "spec.x: is 1;\nis 2"]);
    });

    it("say what to do, as the pack writes it into the last line", () => {
        const broken = violation("mandatory", "r", "No pod does.\nspec.x: is 1\nWhat to do: Set it to 2.");
        const [found] = read([broken, summary("failed")]).violations;
        assert.deepEqual([found!.message, found!.remedy], ["spec.x: is 1", "Set it to 2."]);
    });

    it("fail the check when they are mandatory, and not when they are advisory", () => {
        assert.deepEqual(objections(read([violation("advisory", "r", "m"), summary()])), []);
        assert.deepEqual(objections(read([violation("mandatory", "r", "m"), summary("failed")])), [
            "1 mandatory violation",
        ]);
    });

    it("must have been there", () => {
        const without = { ...summary(), summaryEvent: { ...summary().summaryEvent!, PolicyPacks: {} } };
        assert.deepEqual(objections(read([without])), ["no policy pack has judged it"]);
    });

    it("may put right what is wrong: the report says where", () => {
        const before = { spec: { containers: [{ allowPrivilegeEscalation: true }] } };
        const after = { spec: { containers: [{ allowPrivilegeEscalation: false }] } };
        const path = "spec.containers[0].allowPrivilegeEscalation";
        assert.deepEqual(read([remediation("r", urn, before, after), summary()]).remediations, [
            { rule: "r", urn, properties: [{ path, replaces: false, from: "true", to: "false" }] },
        ]);
    });

    it("say what they could not judge, and which exemptions they used", () => {
        const notices = "Not judged: a::b spec.x (r)\n  Exemption used: r: a::b (because)\nsomething else\n";
        const report = read([diagnostic("info", notices), diagnostic("info", notices), summary()]);
        assert.deepEqual(report.notJudged, ["a::b spec.x (r)"]);
        assert.deepEqual(report.exemptions, ["r: a::b (because)"]);
    });
});

describe("diagnostics", () => {
    it("of severity debug are never read: they hold secrets in plain", () => {
        const report = read([diagnostic("debug", "Not judged: hunter2 hunter2"), summary()]);
        assert.ok(!JSON.stringify(report).includes("hunter2"));
    });

    it("that the engine itself only shows in passing are left out", () => {
        const passing = diagnostic("warning", "working");
        passing.diagnosticEvent!.ephemeral = true;
        assert.deepEqual(read([passing, summary()]).warnings, []);
    });

    it("are kept as warnings and errors; the engine's closing words add nothing", () => {
        const events = [
            diagnostic("warning", "careful"),
            diagnostic("error", "broken"),
            diagnostic("error", "preview failed"),
        ];
        const report = read([...events, summary("failed")]);
        assert.deepEqual([report.warnings, report.errors], [["careful"], ["broken"]]);
        assert.deepEqual(objections(report), ["the preview failed"]);
    });
});

describe("a preview without an end", () => {
    it("has failed", () => assert.deepEqual(objections(read([])), ["the preview failed"]));

    it("has failed beside its violations, when there is an error too", () => {
        const report = read([violation("mandatory", "r", "m"), diagnostic("error", "broken"), summary("failed")]);
        assert.deepEqual(objections(report), ["1 mandatory violation", "the preview failed"]);
    });
});
