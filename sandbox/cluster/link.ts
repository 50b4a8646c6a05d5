// The node's network link and the kernel settings that it needs; what they were before is kept, for `down`.
import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../../tools/lib/exec";
import { runDir } from "../../tools/lib/paths";
import { bridge, nodeAddress, serviceCidr } from "./addresses";

const before = path.join(runDir, "sysctl.json");
const settings = [
    "net.ipv4.ip_forward",
    // These are what kubelet and kube-proxy set by themselves.
    "net.ipv4.conf.all.route_localnet",
    "vm.overcommit_memory",
    "kernel.panic",
    "kernel.panic_on_oops",
    "kernel.keys.root_maxkeys",
    "kernel.keys.root_maxbytes",
];

const settingFile = (name: string) => path.join("/proc/sys", ...name.split("."));

export const linkExists = (name: string) => fs.existsSync(path.join("/sys/class/net", name));

export async function ensureLink(): Promise<void> {
    if (!fs.existsSync(before)) {
        const present = settings.filter((name) => fs.existsSync(settingFile(name)));
        const values = present.map((name) => [name, fs.readFileSync(settingFile(name), "utf8").trim()]);
        fs.writeFileSync(before, JSON.stringify(Object.fromEntries(values)));
    }
    if (!linkExists(bridge)) {
        await run("ip", ["link", "add", bridge, "type", "bridge"]);
        await run("ip", ["addr", "add", `${nodeAddress}/32`, "dev", bridge]);
        await run("ip", ["link", "set", bridge, "up"]);
        // Until kube-proxy knows a Service its address leads here, to nobody. Elsewhere somebody may answer, and be taken for the Service.
        await run("ip", ["route", "add", serviceCidr, "dev", bridge]);
    }
    fs.writeFileSync(settingFile("net.ipv4.ip_forward"), "1");
}

/** Puts the kernel settings back as they were before the first `up`. */
export function restoreSettings(): void {
    if (!fs.existsSync(before)) return;
    const values = JSON.parse(fs.readFileSync(before, "utf8")) as Record<string, string>;
    for (const [name, value] of Object.entries(values)) fs.writeFileSync(settingFile(name), value);
}
