// `make bundle STACK=...`: the stack's state by the CLI of Pulumi, its cluster by kubectl, as the environment leads to them.
import * as path from "node:path";
import { runMain } from "../lib/main";
import { repoDir } from "../lib/paths";
import { bundleCommand } from "./command";

const [stack = ""] = process.argv.slice(2);
const doctor = [path.join(repoDir, "node_modules/.bin/tsx"), path.join(repoDir, "tools/doctor.ts"), stack];
const prometheus = process.env.PROMETHEUS;

runMain(() => bundleCommand({ stack, folder: repoDir, into: process.cwd(), prometheus, doctor }));
