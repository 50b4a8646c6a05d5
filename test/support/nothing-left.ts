// That nothing of the sandbox is left on the machine, but for its cache.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import { bridge, containerdState, imageDir, linkExists, podBridge, runDir, strays } from "../../sandbox";

/** What is found out of a file or a process; undefined when it has gone meanwhile. */
export function unlessGone<T>(look: () => T): T | undefined {
    try {
        return look();
    } catch (error) {
        if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code!)) return undefined;
        throw error;
    }
}

function commandOf(pid: number): string | undefined {
    return unlessGone(() => fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "));
}

export function assertNothingLeft(): void {
    assert.deepEqual(strays().map(commandOf), [], "processes");
    const mounts = fs.readFileSync("/proc/mounts", "utf8").split("\n");
    assert.deepEqual(
        mounts.filter((line) => [runDir, imageDir, containerdState].some((dir) => line.includes(dir))),
        [],
        "mounts",
    );
    assert.deepEqual([bridge, podBridge].filter(linkExists), [], "links");
    assert.deepEqual(os.networkInterfaces()[bridge], undefined);
    const links = execFileSync("ip", ["-o", "link"], { encoding: "utf8" });
    assert.doesNotMatch(links, /veth/, "veth links");
    for (const family of ["iptables", "ip6tables"]) {
        assert.doesNotMatch(execFileSync(`${family}-save`, { encoding: "utf8" }), /KUBE-|CNI-/, family);
    }
    assert.doesNotMatch(execFileSync("ipset", ["list", "-n"], { encoding: "utf8" }), /KUBE|kube-router/, "ipsets");
    for (const dir of [runDir, containerdState, "/sys/fs/cgroup/kubepods", "/sys/fs/cgroup/memory/kubepods"]) {
        assert.ok(!fs.existsSync(dir), `${dir} is left`);
    }
}
