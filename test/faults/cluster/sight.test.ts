import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { RuleGroup } from "../../../components/sight/alerts/groups";
import type { AlertRule } from "../../../components/sight/alerts/rule";
import { apply, kubectl, loadBadApps, repoDir, run, stopSight, waitFor } from "../../../sandbox";
import * as b from "../../support/backups";
import { get, namespace as sandboxNamespace, podsReady } from "../../support/cluster";
import { Prometheus } from "../../support/prometheus";
import { quick, selectors } from "../../support/rules";
import { runbookOf } from "../../support/runbook";
import { rounds, showCertificate, stack, volumes } from "../../support/sight-faults";
import { forget } from "../../support/test-stack";
import { Traffic } from "../../support/traffic";

const { namespace } = stack;

interface Dashboard {
    panels: { title: string; targets?: { expr: string }[] }[];
}

/** What Grafana asks, by the panel. */
function questions(): [panel: string, expr: string][] {
    const file = path.join(repoDir, "components/sight/grafana.json");
    const { panels } = JSON.parse(fs.readFileSync(file, "utf8")) as Dashboard;
    const asked = (expr: string) => expr.replaceAll("$namespace", namespace).replaceAll("$__rate_interval", "1m");
    return panels.flatMap(({ title, targets = [] }) =>
        targets.map(({ expr }) => [title, asked(expr)] as [string, string]),
    );
}

const ruleObject = (name: string, of: string, groups: object[]) => ({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name, namespace: of },
    spec: { groups },
});

/** An alert of the sandbox's own stack, which always fires. */
const always = ruleObject("always", sandboxNamespace, [
    {
        name: "always",
        interval: "5s",
        rules: [{ alert: "Always", expr: "vector(1)", labels: { namespace: sandboxNamespace } }],
    },
]);

/** What a file of the bundle that `make bundle STACK=sandbox` leaves holds. */
async function inBundle(file: string): Promise<string> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bundle-sight-"));
    try {
        const [tsx, cli] = ["node_modules/.bin/tsx", "sandbox/cli.ts"].map((one) => path.join(repoDir, one));
        await run(tsx!, [cli!, "bundle"], { cwd: folder });
        const [archive] = fs.readdirSync(folder) as [string];
        return await run("tar", ["-xzOf", archive, "--wildcards", `*/${file}`], { cwd: folder });
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
}

/** In this order: what an alert asks for is all there once each fault was. */
describe("what Prometheus sees of a stack", function () {
    this.timeout(1_200_000);
    /** What `make sight` prints, with the URL of Prometheus. */
    let said: string;
    let url: string;
    let prometheus: Prometheus;
    let groups: RuleGroup[];
    let traffic: Traffic;
    const since = new Date();

    before(async () => {
        for (const volume of volumes) await volume.make("4Gi", "100Gi");
        said = await run("make", ["--silent", "sight"], { cwd: repoDir });
        [, url] = /answers this machine at (http:\S+)/.exec(said) as unknown as [string, string];
        await apply([always]);
        prometheus = new Prometheus(url, namespace);
        await loadBadApps();
        await stack.up();
        await showCertificate({ passed: 1, left: 89 });
        traffic = new Traffic(namespace, 8);
        assert.ok((await b.ended("justdb-backup", {}, namespace)).complete);
        assert.ok((await b.ended("justdb-drill", {}, namespace)).complete);
        groups = (await get("prometheusrule", "justdb-cloud", namespace)).spec.groups as RuleGroup[];
        await apply([ruleObject("justdb-cloud", namespace, quick(groups))]);
        await prometheus.isQuick();
    });

    after(async () => {
        await traffic?.stop();
        await stack.destroy();
        await forget(stack.name);
        await kubectl(["-n", sandboxNamespace, "delete", "prometheusrule", "always", "--ignore-not-found"]);
        await stopSight();
        for (const volume of volumes) await volume.remove();
    });

    it("answers every query of the dashboard", async () => {
        // The bucket of backups is read once a minute.
        await waitFor("an answer to every query", 120_000, async () => {
            const silent: string[] = [];
            for (const [panel, expr] of questions()) {
                if ((await prometheus.values(expr)).length === 0) silent.push(`${panel}: ${expr}`);
            }
            return silent.length === 0 || silent.join("\n");
        });
    });

    it("is shown by the pages that make sight names", async () => {
        const pages = (said.match(/http:\S+\/classic\/\S+/g) ?? []).map((page) => new URL(page));
        const names = ["targets", "alerts", "graph"];
        assert.deepEqual(
            pages.map(({ origin, pathname }) => origin + pathname),
            names.map((name) => `${url}/classic/${name}`),
        );
        for (const page of pages) assert.equal((await fetch(page)).status, 200, page.href);
        const [, , graph] = pages;
        assert.equal((await prometheus.values(graph!.searchParams.get("g0.expr")!)).length, 1);
        assert.ok(said.includes("components/sight/grafana.json"));
    });

    it("is that nothing is wrong, while nothing is", () => prometheus.clear());

    it("is in a bundle of the sandbox's stack, where an alert of that fires", async () => {
        await new Prometheus(url, sandboxNamespace).fire("Always");
        assert.match(await inBundle("alerts.yaml"), /alertname: Always\n[^]*state: firing/);
    });

    /** Waits until the commands to which an alert leads show what is wrong. */
    async function isShown(alert: string, shows: RegExp, values?: Record<string, string>): Promise<void> {
        const isOf = (rule: object): rule is AlertRule => "alert" in rule && rule.alert === alert;
        const { annotations } = groups.flatMap(({ rules }) => rules).find(isOf)!;
        await waitFor(`what the runbook of ${alert} shows`, 120_000, async () => {
            const output = await runbookOf(annotations.runbook_url!, stack, { values });
            return shows.test(output) || `${String(shows)} not in:\n${output}`;
        });
    }

    for (const round of rounds) {
        it(`is that ${Object.keys(round).join(", and that ")}`, async () => {
            const faults = Object.values(round);
            const alerts = faults.flatMap((fault) => Object.keys(fault.alerts));
            // Else what an earlier fault left would be taken for this one's.
            await prometheus.clear(...alerts);
            try {
                for (const { cause } of faults) await cause();
                await prometheus.fire(...alerts);
                for (const fault of faults) {
                    for (const [alert, shows] of Object.entries(fault.alerts))
                        await isShown(alert, shows, fault.values);
                }
            } finally {
                for (const { undo } of faults) await undo();
            }
            await podsReady("app=justdb-cloud", 2, namespace);
            await prometheus.clear(...alerts);
        });
    }

    it("holds every series that an alert goes by", async () => {
        const missing: string[] = [];
        for (const rule of groups.flatMap(({ rules }) => rules)) {
            for (const selector of selectors(rule.expr)) {
                if (await prometheus.hasSeries(selector, since)) continue;
                missing.push(`${"alert" in rule ? rule.alert : rule.record}: ${selector}`);
            }
        }
        assert.deepEqual(missing, []);
    });
});
