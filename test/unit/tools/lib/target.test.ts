import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { targetOf } from "../../../../tools/lib/target";
import { Programs } from "../../../support/programs";

const says = (...text: string[]) => `console.log(${text.join("")})`;
const told = (settings: object) => says(JSON.stringify(JSON.stringify(settings)));
const itsArguments = says('process.argv.slice(2).join(" ")');

describe("the stack that a command is about", () => {
    const programs = new Programs();
    const stackFile = (text: string) => fs.writeFileSync(path.join(programs.folder, "Pulumi.prod.yaml"), text);

    it("is where the engine says, which is told the stack, so that the one that is selected stays so", async () => {
        const only = 'if (!/ --stack prod$/.test(process.argv.join(" "))) process.exit(1);';
        programs.write("pulumi", `${only} ${told({ "justdb-cloud:namespace": { value: "own" } })}`);
        const { namespace, unread } = await targetOf("prod", programs.folder);
        assert.deepEqual({ namespace, unread }, { namespace: "own", unread: undefined });
    });

    it("is in the cluster that its settings name", async () => {
        const settings = { "kubernetes:context": { value: "far" }, "kubernetes:kubeconfig": { value: "/a/file" } };
        programs.write("pulumi", told(settings));
        programs.write("kubectl", itsArguments);
        const { kubectl } = await targetOf("prod", programs.folder);
        assert.equal((await kubectl(["get", "pods"])).trim(), "--kubeconfig /a/file --context far get pods");
    });

    it("is in the cluster whose kubeconfig its settings hold, which only its owner may read", async () => {
        programs.write("pulumi", told({ "kubernetes:kubeconfig": { value: "apiVersion: v1\nkind: Config\n" } }));
        programs.write("kubectl", itsArguments);
        const { kubectl } = await targetOf("prod", programs.folder);
        const [, file] = (await kubectl([])).trim().split(" ") as [string, string];
        assert.equal(fs.readFileSync(file, "utf8"), "apiVersion: v1\nkind: Config\n");
        assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    });

    it("is as its file says where the engine cannot be asked, without what is encrypted", async () => {
        programs.write("pulumi", 'console.error("error: passphrase must be set"); process.exit(1)');
        stackFile("config:\n  justdb-cloud:namespace: other\n  justdb-cloud:jwtSecret:\n    secure: v1:abc\n");
        const target = await targetOf("organization/justdb-cloud/prod", programs.folder);
        assert.equal(target.namespace, "other");
        assert.deepEqual(target.settings["justdb-cloud:jwtSecret"], { secret: true });
        assert.match(target.unread!, /passphrase must be set/);
    });

    it("is said not to be there when neither knows it", async () => {
        programs.write("pulumi", "process.exit(1)");
        await assert.rejects(targetOf("absent", programs.folder), /There is no stack "absent"/);
    });
});
