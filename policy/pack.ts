// The policy pack as the engine starts it: all rules, or those of a preset.
import { PolicyPack } from "@pulumi/policy";
import { toPolicy } from "./lib/policy";
import { rules } from "./rules";

/** By their names, the rules of each preset; a folder of presets/ starts it. */
const presets = {
    all: /./,
    "pod-security": /^pod-security-/,
    kubernetes: /^(?!(?:s3|iam|kms)-|stack-contested-)/,
    aws: /^(?:s3|iam|kms)-|^stack-contested-/,
};
export type Preset = keyof typeof presets;
export const presetNames = Object.keys(presets) as Preset[];

/** Each has the rule that reports exemptions, and what was not judged. */
export const rulesOf = (preset: Preset) =>
    rules.filter(({ name }) => presets[preset].test(name) || name === "stack-exemptions");

export function serve(preset: Preset): void {
    const name = preset === "all" ? "justdb-cloud-policy" : `justdb-cloud-policy-${preset}`;
    new PolicyPack(name, { policies: rulesOf(preset).map(toPolicy), enforcementLevel: "mandatory" });
}
