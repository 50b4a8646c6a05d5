import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import { handlers } from "../lib/kubernetes/pods";
import { type Config, eachContainer, type ResourceRule } from "../lib/rule";
import { passwordsIn } from "../lib/secrets/commands";
import { notSecret } from "../lib/secrets/config";
import { keysLike, type Options, secretsIn, told } from "../lib/secrets/secret-like";

const say = (judge: Judge, field: Field, found: ReturnType<typeof secretsIn>) => {
    if (found.length > 0) judge.wrong(field, `holds ${told(found)}; take it from a Secret`);
};

/** `--password=x`, `--password x`, and whole commands of a shell. */
function checkCommand(command: Field, judge: Judge, options: Options): void {
    let flag = "";
    judge.each(command.items, (argument) => {
        const text = argument.text ?? "";
        const key = flag;
        flag = /^--?[A-Za-z][\w.-]*$/.test(text) ? text : "";
        say(judge, argument, secretsIn(flag ? "" : key, text, options));
    });
}

/** `mysqldump -ppassword`, whose program and flags may be in two lists. */
function checkFlags(lists: Field[], judge: Judge): void {
    const words = lists.filter((list) => !list.unknown).flatMap((list) => list.items);
    const found = passwordsIn(words.map((word) => (word.unknown ? "" : (word.text ?? ""))));
    for (const index of found) judge.wrong(words[index]!, "holds a password in a command; take it from a Secret");
}

/** `{name: "X-Api-Key", value: ...}` of a probe's or hook's request. */
function checkHeaders(headers: Field, judge: Judge, options: Options): void {
    judge.each(headers.items, (header) => {
        const name = header.at("name").text ?? "";
        const value = header.at("value");
        say(judge, value, secretsIn("", `${name}: ${value.text ?? ""}`, options));
    });
}

/** Where a step of Tekton, and a script of Argo, has its script. */
const scripts = ["script", "source"];

function checkContainer(container: Field, judge: Judge, config: Config): void {
    const options: Options = { notSecret: keysLike(config.notSecret as string[]) };
    judge.part(() =>
        judge.each(container.at("env").items, (variable) => {
            const value = variable.at("value");
            const text = value.text;
            if (text !== undefined) say(judge, value, secretsIn(variable.at("name").text ?? "", text, options));
        }),
    );
    const inCommand = { ...options, names: true };
    for (const list of ["command", "args"]) judge.part(() => checkCommand(container.at(list), judge, inCommand));
    judge.part(() => checkFlags([container.at("command"), container.at("args")], judge));
    for (const name of scripts)
        judge.part(() => say(judge, container.at(name), secretsIn("", container.at(name).text ?? "", inCommand)));
    for (const handler of handlers) {
        judge.part(() => checkCommand(container.at(...handler, "exec", "command"), judge, inCommand));
        judge.part(() => checkFlags([container.at(...handler, "exec", "command")], judge));
        judge.part(() => checkHeaders(container.at(...handler, "httpGet", "httpHeaders"), judge, options));
    }
}

export const secretInEnv: ResourceRule = {
    name: "secret-in-env",
    description:
        "No password, token or key is a literal in a container's environment, command, arguments, script, probes or hooks.",
    severity: "critical",
    level: "mandatory",
    references: ["Polaris sensitiveContainerEnvVar"],
    remediation:
        "Take the value from a Secret, by valueFrom.secretKeyRef or as a file of a volume; refer to it as $(NAME) in arguments.",
    config: { notSecret },
    check: eachContainer(({ fields }, _pod, judge, config) => checkContainer(fields, judge, config)),
};
