import { eachPod, type ResourceRule } from "../lib/rule";

const allowed = new Set([
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
]);

export const podSecurityVolumeTypes: ResourceRule = {
    name: "pod-security-volume-types",
    description: "A pod mounts no directory of its node, and outside storage only by a claim or a CSI driver.",
    severity: "high",
    level: "mandatory",
    references: [
        "PSA hostPathVolumes",
        "PSA restrictedVolumes",
        "Kyverno restrict-volume-types",
        "Kyverno disallow-host-path",
        "KSV-0023",
        "KSV-0028",
        "C-0048",
    ],
    remediation: `Use one of the volume types ${[...allowed].join(", ")}; claim outside storage by a PersistentVolumeClaim.`,
    check: eachPod(({ volumes }, judge) =>
        judge.each(volumes(), (volume) =>
            // A volume of no type at all becomes an emptyDir.
            judge.each(volume.entries, ([type, source]) => {
                if (type === "name" || allowed.has(type) || source.absent) return;
                judge.wrong(source, `is a volume type that is not allowed; allowed are ${[...allowed].join(", ")}`);
            }),
        ),
    ),
};
