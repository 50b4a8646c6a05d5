// Takes the node away without a trace: its daemons are gone when this is called; what is left is containers, mounts, links, rules and files.
import * as fs from "node:fs";
import * as path from "node:path";
import { run, which } from "../../tools/lib/exec";
import { runDir } from "../../tools/lib/paths";
import { unmountBelow } from "../lib/mounts";
import { imageDir } from "../lib/paths";
import * as at from "./addresses";
import { removePodGroups } from "./control-groups";
import { linkExists, restoreSettings } from "./link";

const list = (dir: string) => (fs.existsSync(dir) ? fs.readdirSync(dir) : []);

/** The pods' links first: on their own they would go some time after their network namespaces. */
async function deleteLinks(): Promise<void> {
    const pods = list(`/sys/class/net/${at.podBridge}/brif`);
    for (const link of [...pods, at.podBridge, at.bridge]) if (linkExists(link)) await run("ip", ["link", "del", link]);
}

/** Drops every rule and chain of kube-proxy, kube-router, kubelet and CNI, and nothing else. */
async function dropRules(): Promise<void> {
    for (const family of ["iptables", "ip6tables"]) {
        if (!which(`${family}-save`)) continue;
        const rules = await run(`${family}-save`, []);
        const kept = rules.split("\n").filter((line) => !/KUBE-|CNI-/.test(line));
        if (kept.length < rules.split("\n").length) await run(`${family}-restore`, [], { input: kept.join("\n") });
    }
    if (!which("ipset")) return;
    const sets = (await run("ipset", ["list", "-n"])).split("\n");
    for (const set of sets) if (/^(inet6:)?(KUBE|kube-router)/.test(set)) await run("ipset", ["destroy", set]);
}

function removeIfEmpty(dir: string): void {
    if (fs.existsSync(dir) && fs.readdirSync(dir).length === 0) fs.rmdirSync(dir);
}

/** Files that the parts keep in places of their own choice. */
function removeFiles(): void {
    const results = "/var/lib/cni/results";
    const ours = list(results).filter((file) => file.startsWith(`${at.cniNetwork}-`));
    const containers = ours.map((file) => file.slice(at.cniNetwork.length + 1).split("-")[0]!);
    for (const file of list(results)) {
        if (containers.some((id) => file.includes(id))) fs.rmSync(path.join(results, file));
    }
    const links = "/var/log/containers";
    for (const file of list(links)) {
        const link = path.join(links, file);
        if (fs.lstatSync(link).isSymbolicLink() && fs.readlinkSync(link).startsWith(runDir)) fs.rmSync(link);
    }
    const sockets = "/run/containerd/s";
    const bound = fs.readFileSync("/proc/net/unix", "utf8");
    for (const file of list(sockets)) if (!bound.includes(file)) fs.rmSync(path.join(sockets, file));
    [results, "/var/lib/cni", links, sockets, "/run/containerd"].forEach(removeIfEmpty);
    fs.rmSync(at.containerdState, { recursive: true, force: true });
    fs.rmSync(runDir, { recursive: true, force: true });
}

export async function cleanNode(): Promise<void> {
    await removePodGroups();
    await deleteLinks();
    // An image that was being built is in the cache, with the mounts of its making.
    await unmountBelow(runDir, at.containerdState, imageDir);
    await dropRules();
    restoreSettings();
    removeFiles();
}
