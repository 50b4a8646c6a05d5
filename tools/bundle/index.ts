// `make bundle STACK=...`: the stack's state by the CLI of Pulumi, its cluster by kubectl, as the environment leads to them.
import { runMain } from "../lib/main";
import { repoDir } from "../lib/paths";
import { bundleCommand } from "./command";

const [stack = ""] = process.argv.slice(2);
runMain(() => bundleCommand({ stack, folder: repoDir, into: process.cwd(), prometheus: process.env.PROMETHEUS }));
