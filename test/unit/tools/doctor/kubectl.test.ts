import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withKubectl } from "../../../../tools/doctor/kubectl";
import { PlainError } from "../../../../tools/lib/plain-error";

const nothing = { context: "", kubeconfig: "" };

describe("the way to the cluster by kubectl", () => {
    let folder: string;
    const { PATH } = process.env;
    /** A kubectl that writes down what it is called with. */
    const kubectl = (line: string) =>
        writeFileSync(join(folder, "kubectl"), `#!/bin/sh\necho "$@" > ${folder}/called\n${line}\n`, { mode: 0o755 });

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "kubectl-"));
        process.env.PATH = `${folder}:/bin:/usr/bin`;
    });

    afterEach(() => {
        process.env.PATH = PATH;
        rmSync(folder, { recursive: true });
    });

    it("is a socket in a folder that nobody else may open, and goes when it has been used", async () => {
        kubectl("echo Starting to serve; echo $$ > pid; exec sleep 60".replace("pid", join(folder, "pid")));
        const socket = await withKubectl({ ...nothing, context: "eks-prod" }, (way) => {
            assert.deepEqual(way.command, [join(folder, "kubectl"), "--context", "eks-prod"]);
            return Promise.resolve(way.socket);
        });
        assert.equal(
            readFileSync(join(folder, "called"), "utf8").trim(),
            `--context eks-prod proxy --unix-socket=${socket}`,
        );
        assert.ok(!existsSync(dirname(socket)));
    });

    it("takes a kubeconfig that stands in the stack itself", async () => {
        kubectl("echo Starting to serve; exec sleep 60");
        await withKubectl({ ...nothing, kubeconfig: "apiVersion: v1\nkind: Config\n" }, ({ command }) => {
            assert.equal(readFileSync(command.at(-1)!, "utf8"), "apiVersion: v1\nkind: Config\n");
            return Promise.resolve();
        });
    });

    it("is refused in words where kubectl finds no cluster", async () => {
        kubectl("echo 'error: context \"staging\" does not exist' >&2; exit 1");
        await assert.rejects(
            withKubectl({ ...nothing, context: "staging" }, () => Promise.resolve()),
            (error: Error) =>
                error instanceof PlainError &&
                /context "staging" does not exist[^]*pulumi config set kubernetes:context NAME/.test(error.message),
        );
    });

    it("is refused in words where there is no kubectl", async () => {
        process.env.PATH = folder;
        await assert.rejects(
            withKubectl(nothing, () => Promise.resolve()),
            (error: Error) => error instanceof PlainError && /kubectl is not on PATH/.test(error.message),
        );
    });
});
