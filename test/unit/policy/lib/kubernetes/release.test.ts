import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { objectsOf } from "../../../../../policy/lib/kubernetes/objects";
import { podsOf } from "../../../../../policy/lib/kubernetes/pods";
import { renderedRelease } from "../../../../../policy/lib/kubernetes/release";
import { resourceOf, secret, unknown } from "../../../../support/policy/judge";

const release = (props: Record<string, unknown>) =>
    resourceOf({ type: "kubernetes:helm.sh/v3:Release", name: "app", props });
const objects = (props: Record<string, unknown>) =>
    objectsOf(release(props)).map(({ group, kind, fields }) => [
        group,
        kind,
        fields.path,
        fields.at("metadata", "namespace").value,
    ]);

describe("the manifest of a release", () => {
    const yaml = [
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers: [{name: web}]\n",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: reader\n",
        "# empty\n",
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a, namespace: other}\n",
        "apiVersion: v1\nkind: SecretList\nitems:\n- metadata: {name: b}\n",
    ].join("---\n");
    const expected = [
        ["apps", "Deployment", "manifest[Deployment/web]", "team"],
        ["rbac.authorization.k8s.io", "ClusterRole", "manifest[ClusterRole/reader]", undefined],
        ["", "ConfigMap", "manifest[ConfigMap/a]", "other"],
        ["", "Secret", "manifest[Secret/b]", "team"],
    ];

    it("gives the objects of its YAML, lists taken apart, the release's namespace put in", () => {
        assert.deepEqual(objects({ namespace: "team", manifest: yaml }), expected);
    });

    it("gives those of JSON, as text, as a list or by any keys", () => {
        const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
        for (const manifest of [
            JSON.stringify(object),
            [object],
            { "v1/ConfigMap/a": object },
            { a: JSON.stringify(object) },
            secret(object),
        ])
            assert.deepEqual(objects({ manifest }), [["", "ConfigMap", "manifest[ConfigMap/a]", undefined]]);
    });

    it("lets the rules see its pods", () => {
        const [pod] = podsOf(release({ namespace: "team", manifest: yaml }));
        assert.equal(
            pod?.containers("containers")[0]?.fields.path,
            "manifest[Deployment/web].spec.template.spec.containers[web]",
        );
    });

    it("is waited for when it is not known", () => {
        assert.throws(() => objectsOf(release({ manifest: unknown })), { message: /manifest/ });
    });
});

describe("a local chart", () => {
    const { PATH } = process.env;
    let folder = "";

    /** Stands in for helm: keeps what it is called with, and prints a manifest. */
    function helm(script: string): void {
        writeFileSync(join(folder, "bin", "helm"), `#!/bin/sh\necho x >> ${folder}/runs\n${script}\n`);
        chmodSync(join(folder, "bin", "helm"), 0o755);
    }
    const printing = (text: string) =>
        `echo "$@" > ${folder}/arguments\ncat > ${folder}/values\ncat <<'END'\n${text}\nEND`;
    const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a";

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "release-test-"));
        mkdirSync(join(folder, "bin"));
        mkdirSync(join(folder, "chart"));
        writeFileSync(join(folder, "chart", "Chart.yaml"), "name: app\n");
        process.env.PATH = [join(folder, "bin"), PATH].join(delimiter);
    });
    afterEach(() => {
        process.env.PATH = PATH;
        rmSync(folder, { recursive: true });
    });

    const local = (props: Record<string, unknown> = {}) =>
        release({ chart: join(folder, "chart"), name: "web", namespace: "team", ...props });

    it("is rendered by helm, with the values by a pipe and not among the arguments", () => {
        helm(printing(configMap));
        const [object] = objectsOf(local({ values: { auth: { password: secret("hunter2") } } }));
        assert.equal(object?.kind, "ConfigMap");
        const args = readFileSync(join(folder, "arguments"), "utf8");
        assert.match(args, /^template web \S+\/chart --namespace team --values - --skip-tests --include-crds\n$/);
        assert.deepEqual(JSON.parse(readFileSync(join(folder, "values"), "utf8")), { auth: { password: "hunter2" } });
    });

    it("is rendered once for the inputs and the outputs of a resource", () => {
        helm(printing(configMap));
        for (let time = 0; time < 3; time += 1) assert.equal(objectsOf(local()).length, 1);
        assert.equal(readFileSync(join(folder, "runs"), "utf8"), "x\n");
    });

    it("is hidden when helm fails, and nothing that helm says is shown", () => {
        helm("echo hunter2 >&2; exit 1");
        assert.deepEqual(renderedRelease(local()), { hidden: "no helm on PATH can render its chart" });
    });

    it("is hidden when there is no helm", () => {
        process.env.PATH = join(folder, "bin");
        assert.deepEqual(renderedRelease(local()), { hidden: "no helm on PATH can render its chart" });
    });

    it("is hidden when something else changes what it renders", () => {
        helm(printing(configMap));
        for (const props of [{ postrender: "sed" }, { allowNullValues: true }, { valueYamlFiles: [{ path: "a.yml" }] }])
            assert.ok("hidden" in renderedRelease(local(props)), JSON.stringify(props));
    });

    it("is waited for when a value is not known", () => {
        assert.throws(() => renderedRelease(local({ values: { a: unknown } })), { message: /values\.a/ });
    });

    it("is no chart of a repository, even of that name", () => {
        assert.deepEqual(renderedRelease(local({ repositoryOpts: { repo: "https://charts.example.com" } })), {
            hidden: "its chart is not in a local folder",
        });
    });
});
