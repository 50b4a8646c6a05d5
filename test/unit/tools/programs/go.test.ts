import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
    buildGo,
    byGoMod,
    type GoCommand,
    goCommands,
    goPath,
    sandboxCommands,
} from "../../../../tools/programs/go/build";
import { versions } from "../../../../tools/programs/versions";

describe("a Go program that only one command needs", () => {
    const single = goCommands().filter(({ module }) => versions.goModules[module]!.onlyFor);

    it("is built for that command, and by no other", () => {
        assert.ok(single.some(({ name }) => name === "actionlint"));
        const names = sandboxCommands().map(({ name }) => name);
        for (const { name } of single) assert.ok(!names.includes(name), name);
    });

    it("is none where a module is wanted for its files alone", () => {
        const files = Object.entries(versions.goModules).filter(([, { commands }]) => commands.length === 0);
        assert.ok(files.length > 0);
        for (const [module] of files) assert.ok(!goCommands().some((command) => command.module === module), module);
    });

    it("is not on the sandbox's PATH", () => {
        for (const { module } of single) assert.ok(!goPath().includes(`/${module}-`), module);
    });
});

describe("building Go programs", () => {
    const { PATH } = process.env;
    let dir: string;
    const calls = () => fs.readFileSync(path.join(dir, "calls"), "utf8").trimEnd().split("\n");
    const inDir = (module: string): GoCommand[] =>
        goCommands()
            .filter((command) => command.module === module)
            .map((command) => ({ ...command, file: path.join(dir, module, command.name) }));

    beforeEach(() => {
        dir = fs.mkdtempSync(path.join(os.tmpdir(), "go-"));
        // In the place of Go: writes the names of the packages into the folder that follows -o.
        const go = `#!/bin/sh
while [ "$1" != -o ]; do shift; done
out=$2; shift 2
echo "$@" >>'${path.join(dir, "calls")}'
for package; do echo "$package" >"$out/$(basename "$package")"; done
`;
        fs.writeFileSync(path.join(dir, "go"), go, { mode: 0o755 });
        process.env.PATH = `${dir}:${PATH}`;
    });
    afterEach(() => {
        process.env.PATH = PATH;
        fs.rmSync(dir, { recursive: true });
    });

    it("makes what is missing of a module in one build, and nothing twice", async () => {
        const commands = inDir("kubernetes");
        const [there, ...missing] = commands as [GoCommand, ...GoCommand[]];
        fs.mkdirSync(path.dirname(there.file));
        fs.writeFileSync(there.file, "as it was");
        await buildGo(commands);
        assert.deepEqual(calls(), [missing.map((command) => command.package).join(" ")]);
        for (const command of missing) assert.equal(fs.readFileSync(command.file, "utf8"), `${command.package}\n`);
        assert.equal(fs.readFileSync(there.file, "utf8"), "as it was");
        await buildGo(commands);
        assert.equal(calls().length, 1);
        assert.deepEqual(fs.readdirSync(path.dirname(there.file)).sort(), commands.map(({ name }) => name).sort());
    });

    it("gives a program the name that versions.json has for it", async () => {
        await buildGo(inDir("plugin-barman-cloud"));
        assert.deepEqual(fs.readdirSync(path.join(dir, "plugin-barman-cloud")), ["barman-plugin"]);
    });

    it("knows what Go calls a program whose package ends in a major version", () => {
        assert.equal(goCommands().find(({ name }) => name === "etcd")?.built, "server");
    });

    it("keeps together what shares a go.mod", () => {
        const together = byGoMod(goCommands()).map((commands) => commands.map(({ name }) => name));
        assert.ok(together.some((names) => names.join() === "manager,barman-plugin"));
        assert.ok(together.some((names) => names.join() === "coredns,helm"));
        assert.equal(together.flat().length, goCommands().length);
    });
});
