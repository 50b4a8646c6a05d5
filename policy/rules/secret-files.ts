import { eachContainer, type ResourceRule } from "../lib/rule";

export const secretFiles: ResourceRule = {
    name: "secret-files",
    description: "Containers get secrets as files, not in their environment.",
    severity: "low",
    level: "disabled",
    why: "Many programs, and most frameworks by default, read secrets from the environment only. Turn it on where yours read files: an environment shows in crash dumps, in `kubectl describe` of a process and in child processes.",
    references: ["CKV_K8S_35", "C-0207"],
    remediation: "Mount the Secret as a volume and have the program read the file.",
    check: eachContainer(({ fields }, _pod, judge) => {
        judge.part(() =>
            judge.each(fields.at("env").items, (variable) => {
                const reference = variable.at("valueFrom", "secretKeyRef");
                if (!reference.absent) judge.wrong(reference, "puts a secret into the environment; mount it as a file");
            }),
        );
        judge.part(() =>
            judge.each(fields.at("envFrom").items, (source) => {
                const reference = source.at("secretRef");
                if (!reference.absent) judge.wrong(reference, "puts secrets into the environment; mount them as files");
            }),
        );
    }),
};
