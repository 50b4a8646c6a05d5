// Starts and stops the controllers of load balancers. A test that needs them does; `make up` does not, and `make down` ends them.
import * as path from "node:path";
import { end, start } from "../lib/daemons";
import { kubeconfig } from "../lib/paths";

const name = "load-balancers";

export function startLoadBalancers(): void {
    const args = ["--require", require.resolve("tsx/cjs"), path.join(__dirname, "main.ts")];
    start(name, process.execPath, args, { KUBECONFIG: kubeconfig });
}

export const stopLoadBalancers = () => end(name);
