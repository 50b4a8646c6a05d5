// `make doctor STACK=sandbox`: the doctor, in the sandbox's cluster and AWS API.
import { doctor as examine } from "../../tools/doctor/doctor";
import { PlainError } from "../../tools/lib/plain-error";
import { pidOf } from "../lib/daemons";
import { sandboxStack } from "../engine";
import { sandboxEnvironment } from "../environment";

export async function doctor(option: string | undefined): Promise<void> {
    if (!pidOf("kube-apiserver")) throw new PlainError("make doctor STACK=sandbox: the sandbox is down: make up");
    Object.assign(process.env, sandboxEnvironment());
    process.exitCode = await examine(sandboxStack, option ? [option] : []);
}
