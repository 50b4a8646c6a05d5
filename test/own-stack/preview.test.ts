import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as k8s from "@pulumi/kubernetes";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { RandomString } from "@pulumi/random/randomString";
import { JustDbCloud } from "../../components";
import { readConfig } from "../../components/config/read";
import { repoDir, sandboxStack, stackNames, withStack } from "../../sandbox";
import { describeGuide } from "../support/guide";
import { assertCleanPlan, plan } from "../support/plan";
import { at, type Resource, Resources } from "../support/resources";
import { forget } from "../support/test-stack";

/** The sandbox's stack: test/stack/up.test.ts. */
describe("each stack of the project", () => {
    for (const name of stackNames().filter((one) => one !== sandboxStack)) {
        it(`${name} plans with the URNs of its snapshot, and nothing that the policies are against`, () =>
            assertCleanPlan(name));
    }
});

describe("prod, as the real engine plans it", () => {
    /** As in a cluster of its own: here it has another namespace, as the sandbox's own stack has that of the guide. */
    async function planProd(): Promise<Resources> {
        const planned = JSON.stringify((await plan("prod")).planned).replaceAll("justdb-cloud-prod", "justdb-cloud");
        return new Resources(JSON.parse(planned) as Resource[]);
    }

    // The same assertions as those on the program under mocks.
    describeGuide(planProd);

    it("has the database that the chart makes of its values", async () => {
        const { spec } = (await planProd()).get("justdb-postgres:justdb-cloud/justdb-db").inputs;
        assert.equal(at(spec, "instances"), 3);
        assert.equal(at(spec, "bootstrap.initdb.database"), "justdb");
        assert.equal(at(spec, "bootstrap.initdb.owner"), "justdb");
        assert.equal(at(spec, "managed.services.additional.0.serviceTemplate.metadata.name"), "justdb-postgres");
    });
});

describe("dev, on a cluster that the same update makes", () => {
    const name = "new-cluster";
    after(() => forget(name));

    it("is planned but for the objects of charts, of which a warning tells", async () => {
        const program = async () => {
            // Stands for the cluster: its address is known after the update.
            const { result } = new RandomString("cluster", { length: 8 });
            const kubernetes = new k8s.Provider("made", {
                kubeconfig: result.apply((host) => JSON.stringify({ host })),
            });
            const cloud = new JustDbCloud("justdb", readConfig("justdb-cloud"), { providers: { kubernetes } });
            return Promise.resolve({ url: cloud.url });
        };
        const planned: string[] = [];
        const warnings: string[] = [];
        const onEvent = ({ resourcePreEvent, diagnosticEvent }: EngineEvent) => {
            if (resourcePreEvent) planned.push(resourcePreEvent.metadata.urn);
            if (diagnosticEvent?.severity === "warning") warnings.push(diagnosticEvent.message);
        };
        await withStack(name, (stack) => stack.preview({ program, onEvent }), { settingsOf: "dev" });

        const ofComponent = (urns: string[]) => urns.filter((urn) => urn.includes("justdb-cloud:index:JustDbCloud"));
        const snapshot = fs.readFileSync(path.join(repoDir, "test/snapshots/dev.urns.txt"), "utf8").trim().split("\n");
        const all = ofComponent(snapshot).map((urn) => urn.replace("urn:pulumi:dev::", `urn:pulumi:${name}::`));
        assert.deepEqual(
            ofComponent(planned).sort(),
            all.filter((urn) => !urn.includes("helm.sh/v4:Chart$")),
        );
        const told = warnings.filter((text) => text.includes("Not rendered: justdb-requirements, justdb-postgres."));
        assert.equal(told.length, 1, warnings.join("\n"));
    });
});
