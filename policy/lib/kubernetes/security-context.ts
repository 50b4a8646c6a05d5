// What the rules of the Pod Security Standards have in common: the security contexts of a pod, and settings that must have one of some values.
import type { Field } from "../field";
import type { Judge } from "../judge";
import { containerLists, type Pod } from "./pods";
import { eachPod, type ResourceRule } from "../rule";

/** Whether the pod says that it is for Windows, where some settings of Linux cannot be made. The API server refuses them there. */
export const isWindows = ({ spec }: Pod): boolean => spec.at("os", "name").value === "windows";

/** Whether a remediation may fill in a setting of Linux: not in a custom resource, whose schema may not have it, and not for Windows. */
export const canBeFilledIn = (pod: Pod): boolean =>
    !pod.patch &&
    !pod.object.group.includes(".") &&
    !isWindows(pod) &&
    pod.spec.at("nodeSelector", "kubernetes.io/os").value !== "windows";

/** The flag must not be set. */
export function mustNotBeTrue(flag: Field, judge: Judge): void {
    if (flag.value !== undefined && flag.value !== false) judge.wrong(flag, "must be false or absent");
}

/** The field is wrong as it is; or, when there is nothing, should be there. */
export function wrongOrMissing(pod: Pod, field: Field, judge: Judge, problem: string): void {
    if (field.absent) judge.missing(pod, field, problem);
    else judge.wrong(field, problem);
}

/** A check of the pod's security context and of each container's. */
export const eachSecurityContext = (
    check: (securityContext: Field, judge: Judge, pod: Pod) => void,
): ResourceRule["check"] =>
    eachPod((pod, judge) => {
        judge.part(() => check(pod.spec.at("securityContext"), judge, pod));
        judge.each(containerLists, (list) =>
            judge.each(pod.containers(list), ({ fields }) => check(fields.at("securityContext"), judge, pod)),
        );
    });

interface PodWideSetting {
    /** Where it is in a security context. A container that has the first part of it has its own setting, and the pod's does not hold there. */
    at: [string, ...string[]];
    allowed: string[] | boolean[];
    /** What is allowed, in words. */
    problem: string;
    /** Pods that need not have it. */
    exempt?: (pod: Pod) => boolean;
}

/** A check of a setting that every container must have, of its own or from the pod, and that neither may have with another value. */
export function requiredSetting({ at, allowed, problem, exempt = () => false }: PodWideSetting): ResourceRule["check"] {
    const isSet = (securityContext: Field) => !securityContext.at(at[0]).absent;
    const isAllowed = ({ value }: Field) => (allowed as unknown[]).includes(value);
    return eachPod((pod, judge) => {
        const ofPod = () => pod.spec.at("securityContext");
        const judgeOwn = (securityContext: Field) => {
            const field = securityContext.at(...at);
            if (!isAllowed(field) && !exempt(pod)) wrongOrMissing(pod, field, judge, problem);
        };
        const without: string[] = [];
        judge.part(() => {
            if (isSet(ofPod())) judgeOwn(ofPod());
        });
        judge.each(containerLists, (list) =>
            judge.each(pod.containers(list), ({ fields }) => {
                const own = fields.at("securityContext");
                if (isSet(own)) judgeOwn(own);
                else if (!isSet(ofPod()) && !exempt(pod)) without.push(fields.path.slice(pod.spec.path.length + 1));
            }),
        );
        if (without.length === 0) return;
        judge.missing(
            pod,
            ofPod().at(...at),
            `${problem}, here or in each container, but is missing in ${without.join(", ")}`,
        );
    });
}
