import assert from "node:assert/strict";
import {
    apply,
    badApps,
    loadBadApps,
    prometheusUrl,
    startArgoRollouts,
    startPrometheus,
    stopArgoRollouts,
    stopPrometheus,
    stopTraefik,
    versions,
} from "../../../sandbox";
import { certificateOf, tlsSecretOf } from "../../support/certificate";
import { get, list, podsReady } from "../../support/cluster";
import { EdgeLab, failed, gateway, host, settled } from "../../support/edge-lab";
import { type Outcome, request } from "../../support/http";
import { chosenByAutoscaler, replicas, scale } from "../../support/replicas";
import { isPaused, promote, spanOfWeight } from "../../support/rollouts";
import { type Request, streamWhile } from "../../support/stream";
import { forget, type Config, TestStack } from "../../support/test-stack";

const [image, next] = versions.images.app as [string, string];

const lab = new EdgeLab("delivery");
const { stack, namespace } = lab;

const tlsSecret = "justdb-example-com";
const rolling: Config = { ...gateway, tlsSecret };
const judged: Config = { ...rolling, analysisPrometheus: prometheusUrl, analysisMaxP95Milliseconds: "800" };
const canary: Config = { ...judged, delivery: "canary", canarySteps: '["10%:20s", "50%:10s"]' };
const blueGreen: Config = { ...judged, delivery: "blueGreen", blueGreenAnalysisSeconds: "15" };

const tagOf = (name: string) => name.slice(name.lastIndexOf(":") + 1);
const versionOf = ({ headers }: Outcome) => headers["x-app-version"] as string;

function answeredBy(outcomes: Outcome[], ...images: string[]): void {
    assert.deepEqual([...new Set(outcomes.map(versionOf))].sort(), images.map(tagOf).sort());
}

/** Which part of the requests a version answered, from its first answer to its last. */
function shareOf(one: string, outcomes: Outcome[]): number {
    const isOne = (outcome: Outcome) => versionOf(outcome) === tagOf(one);
    const meanwhile = outcomes.slice(outcomes.findIndex(isOne), outcomes.findLastIndex(isOne) + 1);
    return meanwhile.filter(isOne).length / meanwhile.length;
}

const servesOnly = async (one: string) => answeredBy(await lab.streamWhile(settled), one);

/** In this order: it is one stack, whose delivery changes. */
describe("a new version of the app, delivered step by step", function () {
    this.timeout(2_400_000);

    before(async () => {
        await stack.up();
        const certificate = await certificateOf(host);
        await apply([tlsSecretOf(certificate, tlsSecret, namespace)]);
        await lab.startTraefik(certificate.authority);
        await stack.up(rolling);
        await lab.answers();
        await startPrometheus(namespace);
        await loadBadApps();
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await stopPrometheus();
        await stopArgoRollouts();
        await stopTraefik();
    });

    it("is refused where there is no Argo Rollouts, and nothing is changed", async () => {
        const before = await get("deployment", "justdb-cloud", namespace);
        await assert.rejects(stack.up(canary), /Nothing was created or changed[^]*Argo Rollouts/);
        assert.deepEqual((await get("deployment", "justdb-cloud", namespace)).spec, before.spec);
    });

    describe("as a canary", () => {
        before(startArgoRollouts);

        it("takes the place of a Deployment without a request dropped", async () => {
            await lab.streamWhile(() => stack.up(canary));
            assert.deepEqual(await list("deployments", namespace, "app=justdb-cloud"), []);
        });

        it("serves all in the end, in as many pods as the autoscaler has chosen, and no request is dropped", async () => {
            const chosen = await chosenByAutoscaler(3, "rollouts.argoproj.io", namespace);
            const outcomes = await lab.streamWhile(() => stack.up({ ...canary, appImage: next }));
            answeredBy(outcomes, image, next);
            assert.deepEqual(await replicas("rollouts.argoproj.io", namespace), chosen);
            await scale(2, "rollouts.argoproj.io", namespace);
            await podsReady("app=justdb-cloud", 2, namespace);
            await servesOnly(next);
        });

        const bad = { failing: "error-percent", slow: "p95-milliseconds" } as const;
        for (const [fault, metric] of Object.entries(bad) as [keyof typeof bad, string][]) {
            it(`is stopped at its first step where it is ${fault}, and harms its share of the requests alone`, async () => {
                const refused = badApps[fault];
                const stopped = () => assert.rejects(stack.up({ ...canary, appImage: refused }), new RegExp(metric));
                const outcomes = await lab.outcomesWhile(await lab.writes(), stopped);
                answeredBy(outcomes, next, refused);
                answeredBy(failed(outcomes), ...(fault === "failing" ? [refused] : []));
                // One pod of three.
                const share = shareOf(refused, outcomes);
                assert.ok(share < 0.45, `${Math.round(share * 100)} % of the requests`);
                await servesOnly(next);
                await lab.streamWhile(() => stack.up({ ...canary, appImage: next }));
            });
        }

        const split = { ...canary, canaryTraffic: "traefik", canarySteps: '["10%:20s"]' };

        it("gets exactly its share of the requests where Traefik splits them, and no request is dropped", async () => {
            await lab.streamWhile(() => lab.whileBusy(() => stack.up({ ...split, appImage: next })));
            const span = spanOfWeight(10, namespace);
            const outcomes = await lab.streamWhile(() => Promise.all([stack.up(split), span]));
            const { from, until } = await span;
            const meanwhile = outcomes.filter(({ at }) => at > from && at < until);
            const share = meanwhile.filter((outcome) => versionOf(outcome) === tagOf(image)).length / meanwhile.length;
            console.log(`      ${(share * 100).toFixed(1)} % of ${meanwhile.length}`);
            assert.ok(meanwhile.length > 200 && share > 0.08 && share < 0.12, String(share));
            await servesOnly(image);
        });

        it("harms no more than this share where it fails", async () => {
            const stopped = () => assert.rejects(stack.up({ ...split, appImage: badApps.failing }), /error-percent/);
            const outcomes = await lab.outcomesWhile(await lab.writes(), stopped);
            answeredBy(failed(outcomes), badApps.failing);
            const share = shareOf(badApps.failing, outcomes);
            assert.ok(share < 0.13, `${(share * 100).toFixed(1)} % of the requests`);
            await servesOnly(image);
            await lab.streamWhile(() => stack.up(split));
        });
    });

    describe("blue-green", () => {
        /** The same request, to the version that waits. */
        const toPreview = async (asked: Request): Promise<Request> => {
            const service = await get("service", "justdb-cloud-preview", namespace);
            const url = asked.url.replace(`https://${host}`, `http://${service.spec.clusterIP as string}`);
            return { ...asked, url, via: undefined };
        };
        const call = ({ method, url, headers, via }: Request) =>
            request(method, url, headers, undefined, undefined, via);

        it("takes the place of a canary without a request dropped", async () => {
            await lab.streamWhile(() => stack.up(blueGreen));
            await servesOnly(image);
        });

        it("switches when somebody says so, and no request is dropped", async () => {
            const byHand = { ...blueGreen, blueGreenPromotion: "manual", appImage: next };
            const looksAndPromotes = async () => {
                await isPaused(namespace);
                answeredBy([await call(await toPreview(await lab.reads()))], next);
                answeredBy([await call(await lab.reads())], image);
                await promote(namespace);
            };
            const outcomes = await lab.streamWhile(() => Promise.all([stack.up(byHand), looksAndPromotes()]));
            answeredBy(outcomes, image, next);
            await servesOnly(next);
        });

        it("switches back from a version that fails, whoever has switched to it", async () => {
            const failing = { ...blueGreen, blueGreenPromotion: "manual", appImage: badApps.failing };
            const promotes = () => isPaused(namespace).then(() => promote(namespace));
            const switchedBack = () => Promise.all([assert.rejects(stack.up(failing), /error-percent/), promotes()]);
            const outcomes = await lab.outcomesWhile(await lab.writes(), switchedBack);
            answeredBy(failed(outcomes), badApps.failing);
            await servesOnly(next);
            await lab.streamWhile(() => stack.up({ ...failing, appImage: next }));
        });

        it("never switches by itself to a version whose preview nobody tried, and no request is harmed", async () => {
            const untried = () => assert.rejects(stack.up(blueGreen), /requests was/);
            answeredBy(await lab.streamWhile(untried), next);
        });

        it("never switches by itself to a version whose preview fails, and no request is harmed", async () => {
            const failing = { ...blueGreen, appImage: badApps.failing };
            const trial = await toPreview(await lab.writes());
            const stopped = () => assert.rejects(stack.up(failing), /error-percent/);
            const outcomes = await lab.streamWhile(() => streamWhile(() => trial, stopped));
            answeredBy(outcomes, next);
        });

        it("switches by itself once requests to the preview were found good", async () => {
            const trial = await toPreview(await lab.reads());
            const update = async () => void (await stack.up(blueGreen));
            const outcomes = await lab.streamWhile(() => streamWhile(() => trial, update));
            answeredBy(outcomes, image, next);
            await servesOnly(image);
        });
    });

    describe("rolling again", () => {
        it("gives way to a Deployment without a request dropped", async () => {
            await lab.streamWhile(() => stack.up(rolling));
            assert.deepEqual(await list("rollouts.argoproj.io", namespace), []);
            await servesOnly(image);
        });
    });
});

/** The Rollout waits for Services and routes, which in other stacks wait for pods. */
describe("a new stack that begins with Argo Rollouts", function () {
    this.timeout(900_000);
    const begun = new TestStack("delivery-begun", "justdb-delivery-begun", { delivery: "blueGreen" });

    before(startArgoRollouts);

    after(async () => {
        await begun.destroy();
        await forget(begun.name);
        await stopArgoRollouts();
    });

    it("comes up, and is then left as it is", async () => {
        await begun.up();
        assert.deepEqual(await list("deployments", begun.namespace, "app=justdb-cloud"), []);
        assert.deepEqual((await begun.up()).changes, []);
    });
});
