// What `make up` says at its end: what changed, where the service is, the stack's outputs, what to try.
import type { OutputMap } from "@pulumi/pulumi/automation";
import { repoDir } from "../tools/lib/paths";
import { goBinary } from "../tools/programs/go/build";
import { kubeconfig } from "./lib/paths";

function changed(changes: Record<string, number>): string {
    const parts = Object.entries(changes).filter(([operation, count]) => operation !== "same" && count > 0);
    if (parts.length === 0) return "Nothing changed: the stack is as the program says.";
    return `Done: ${parts.map(([operation, count]) => `${count} ${operation}`).join(", ")}.`;
}

/** The closing text of `make up`. Secret outputs are named, never shown. */
export function describe(outputs: OutputMap, changes: Record<string, number>): string {
    const shown = Object.entries(outputs).map(([name, { value, secret }]) => {
        return `  ${name.padEnd(22)} ${secret ? "[secret]" : String(value)}`;
    });
    const url = String(outputs.url?.value ?? "");
    return `
${changed(changes)}

Outputs of stack sandbox
${shown.join("\n")}

Try it (in ${repoDir})
  curl ${url}/health/ready
  curl -X POST ${url}/api/v1/schemas/apply -H "Authorization: Bearer $(make -s token)" -H 'Content-Type: application/json' \\
       -d '{"environment":"dev","name":"shop","version":"1","schema":{"tables":[{"name":"orders","columns":[{"name":"id","type":"BIGINT","primaryKey":true}]}]}}'
  curl ${url}/api/v1/schemas/dev/shop/1 -H "Authorization: Bearer $(make -s token)"
  ${goBinary("kubectl")} --kubeconfig ${kubeconfig} -n justdb-cloud get pods
  make status | make preview STACK=prod | make test | make down`;
}
