import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import type { Pod } from "../lib/kubernetes/pods";
import { eachPod, type ResourceRule } from "../lib/rule";
import { eachSecurityContext, wrongOrMissing } from "../lib/kubernetes/security-context";

const annotation = "container.apparmor.security.beta.kubernetes.io/";

function checkAnnotations({ metadata }: Pod, judge: Judge): void {
    judge.each(metadata.at("annotations").entries, ([key, profile]) => {
        if (!key.startsWith(annotation) || profile.absent) return;
        const { text } = profile;
        if (text === "" || text === "runtime/default" || text?.startsWith("localhost/")) return;
        judge.wrong(profile, "must be runtime/default, localhost/<profile> or absent");
    });
}

function checkProfile(securityContext: Field, judge: Judge, pod: Pod): void {
    if (securityContext.at("appArmorProfile").absent) return;
    const type = securityContext.at("appArmorProfile", "type");
    if (type.value === "RuntimeDefault" || type.value === "Localhost") return;
    wrongOrMissing(pod, type, judge, "must be RuntimeDefault or Localhost");
}

const annotations = eachPod(checkAnnotations);
const profiles = eachSecurityContext(checkProfile);

export const podSecurityApparmor: ResourceRule = {
    name: "pod-security-apparmor",
    description: "No pod and no container turns its AppArmor profile off, by field or by annotation.",
    severity: "high",
    level: "mandatory",
    references: ["PSA appArmorProfile", "Kyverno restrict-apparmor-profiles", "KSV-0002"],
    remediation: `Leave appArmorProfile and the annotations ${annotation}* out, or use the runtime's default or a profile of the node.`,
    check: (...given) => {
        annotations(...given);
        profiles(...given);
    },
};
