// What the stack makes of the Prometheus operator's kinds, by the definitions that its own release carries. The operator itself is not here.
import * as yaml from "js-yaml";
import { moduleFiles } from "../../../tools/programs/go/module-file";
import type { Definition } from "../definitions";

const kinds = ["ServiceMonitor", "PodMonitor", "PrometheusRule"];

/** Of the others some are ten times as big, so these are told by their text. */
export async function monitorDefinitions(): Promise<Definition[]> {
    const files = await moduleFiles("prometheus-operator", "example/prometheus-operator-crd");
    const isOf = (text: string) => kinds.some((kind) => text.includes(`\n    kind: ${kind}\n`));
    return files.filter(isOf).map((text) => yaml.load(text) as Definition);
}
