// Previews under the policy pack, as its users run them.
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as core from "@pulumi/kubernetes/core/v1";
import type { input } from "@pulumi/kubernetes/types";
import { ProgramError, repoDir, runDir } from "../../../sandbox";
import { pulumi } from "../pulumi-up";
import { goodPodSpec } from "./pods";

export const pack = ["--policy-pack", path.join(repoDir, "policy")];

/** The output of a command that must fail. */
export async function failure(work: Promise<string>): Promise<string> {
    const error = await work.then(
        () => undefined,
        (reason: unknown) => reason,
    );
    assert.ok(error instanceof ProgramError, "it did not fail");
    return error.output;
}

/** A program with a pod that lacks one thing. */
const podProgram = () => {
    const spec = goodPodSpec();
    delete (spec.securityContext as Record<string, unknown>).seccompProfile;
    new core.PodTemplate("template", {
        metadata: { name: "template", namespace: "justdb-cloud" },
        template: {
            metadata: { labels: { app: "justdb-cloud" } },
            spec: spec as unknown as input.core.v1.PodSpec,
        },
    });
    return Promise.resolve();
};

/** Previews it with a configuration of the pack. */
export async function previewPod(config: object, ...options: string[]): Promise<string> {
    const file = path.join(runDir, "policy-config-of-a-test.json");
    fs.writeFileSync(file, JSON.stringify(config));
    try {
        return await pulumi("preview", "policy-pod", podProgram, [...pack, "--policy-pack-config", file, ...options]);
    } finally {
        fs.rmSync(file);
    }
}
