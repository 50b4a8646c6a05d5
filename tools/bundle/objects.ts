// Every object of the namespace but the Secrets, of which only names and keys are told.
import { dump } from "js-yaml";
import type { SecretObject } from "../lib/secret-values";
import { kinds } from "./kinds";
import type { Part } from "./parts";

/** They have a file of their own, in their order. */
const apart = ["secrets", "events", "events.events.k8s.io"];

const eventColumns =
    "custom-columns=LAST:.lastTimestamp,SINCE:.eventTime,COUNT:.count,TYPE:.type,REASON:.reason,KIND:.involvedObject.kind,NAME:.involvedObject.name,MESSAGE:.message";

export const objectsPart: Part = async (collection, { namespace, kubectl }) => {
    const get = (...args: string[]) => kubectl(["-n", namespace, "get", ...args]);
    const named = await kinds(collection, kubectl, true);
    const addKind = (kind: string) =>
        collection.add(`objects/${kind}.yaml`, async () => {
            const { items } = JSON.parse(await get(kind, "-o", "json")) as { items: object[] };
            return items.length === 0 ? "" : dump(items, { lineWidth: -1, noRefs: true });
        });
    await Promise.all([
        ...named.filter((kind) => !apart.includes(kind)).map(addKind),
        collection.add("events.txt", () => get("events", "--sort-by=.metadata.creationTimestamp", "-o", eventColumns)),
        collection.add("pods.txt", () => get("pods", "-o", "wide")),
        collection.add("pods-used.txt", () => kubectl(["-n", namespace, "top", "pods", "--containers"])),
    ]);
};

/** A Secret's type and keys, which say whether it is what a pod asks for. */
export const secretNames = (secrets: SecretObject[]) =>
    secrets
        .map(({ metadata, type, data = {} }) => `${metadata.name}  ${type}  ${Object.keys(data).join(", ")}`)
        .join("\n");
