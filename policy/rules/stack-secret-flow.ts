import type { Field } from "../lib/field";
import type { KubernetesObject } from "../lib/kubernetes/objects";
import { fieldAt, type Leaf, leavesOfField } from "../lib/secrets/leaves";
import { isRelease } from "../lib/kubernetes/release";
import type { StackResource } from "../lib/resource";
import type { StackJudge, StackRule } from "../lib/rule";
import { isSecretObject, makesOnlySecrets, makesSecrets, Secrets } from "../lib/secrets/flow";
import type { Stack } from "../lib/stack";

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
/** They hold their content encrypted, whatever mark it has. */
const encrypted = new Set(["SealedSecret", "SopsSecret"]);

const isAnnotation = (path: Leaf["path"]) => path.includes("annotations") || path.includes("labels");

/** What Kubernetes gives to everyone who may read the object, although people put secrets there. */
function isPlainPlace({ kind, group }: KubernetesObject, path: Leaf["path"]): boolean {
    if (isAnnotation(path)) return false;
    if (kind === "ConfigMap" && group === "") return path[0] === "data" || path[0] === "binaryData";
    if (path.at(-1) === "value" && path.includes("env")) return true;
    if (path.includes("args") || path.includes("command")) return true;
    return group.includes(".") && !group.endsWith(".k8s.io") && path[0] === "spec" && !encrypted.has(kind);
}

/** What of a Secret only those may read who may read secrets. */
const isOfSecret = (path: Leaf["path"]) => path[0] === "data" || path[0] === "stringData" || path.includes(lastApplied);

/** A hash of secrets, as it is put into a template to roll pods when they change. */
const isHash = (value: unknown) => typeof value === "string" && /^(?:sha\d+[:-])?[0-9a-f]{8,}$/.test(value);

class Flow {
    private readonly secrets: Secrets;

    constructor(
        private readonly stack: Stack,
        private readonly judge: StackJudge,
    ) {
        this.secrets = new Secrets(stack);
    }

    /** In an object of Kubernetes nothing but a Secret's data is kept from readers, so a mark does not help there. */
    inObject(resource: StackResource, object: KubernetesObject): void {
        const secret = isSecretObject(object);
        for (const leaf of leavesOfField(object.fields)) {
            if (secret && isOfSecret(leaf.path)) continue;
            const place = () => fieldAt(object.fields, leaf.path);
            if (leaf.unknown) this.notKnown(resource, leaf, isPlainPlace(object, leaf.path), place);
            else if (typeof leaf.value === "string") this.inText(resource, object, leaf, leaf.value, place);
        }
    }

    private inText(
        resource: StackResource,
        object: KubernetesObject,
        leaf: Leaf,
        value: string,
        place: () => Field,
    ): void {
        const origin = this.secrets.in(value);
        if (origin !== undefined) {
            this.judge.wrong(
                resource,
                place(),
                `holds the secret ${origin}, and Kubernetes keeps it in plain; refer to a Secret`,
            );
        } else if (marksPlace(leaf, object) && isPlainPlace(object, leaf.path) && !isHash(value)) {
            this.judge.wrong(
                resource,
                place(),
                "is marked as a secret, but Kubernetes keeps it in plain; refer to a Secret",
            );
        }
    }

    /** Elsewhere the state encrypts what is marked. */
    inState(resource: StackResource): void {
        for (const leaf of leavesOfField(resource.fields)) {
            if (leaf.marked) continue;
            const place = () => fieldAt(resource.fields, leaf.path);
            if (leaf.unknown) this.notKnown(resource, leaf, false, place);
            const origin = typeof leaf.value === "string" ? this.secrets.in(leaf.value) : undefined;
            if (origin !== undefined)
                this.judge.wrong(resource, place(), `holds the secret ${origin} in plain; mark it as a secret`);
        }
    }

    /** Not known in a preview, marks are lost: what it comes from tells. */
    private notKnown(resource: StackResource, { path }: Leaf, plain: boolean, place: () => Field): void {
        const dependencies = new Map(Object.entries(resource.propertyDependencies));
        const from = (dependencies.get(String(path[0])) ?? []).map((urn) => this.stack.find(urn));
        const makers = from.filter((source) => source !== undefined && makesSecrets(source));
        if (makers.length === 0) return;
        if (plain && from.every((source) => source !== undefined && makesOnlySecrets(source))) {
            const names = makers.map((source) => source?.name).join(", ");
            const problem = `comes from the secret of ${names}, and Kubernetes keeps it in plain; refer to a Secret`;
            this.judge.wrong(resource, place(), problem);
        } else this.judge.part(() => void place().value);
    }
}

/** Marked by itself, or in a ConfigMap with all its data. A mark from further above tells nothing of the single value. */
const marksPlace = ({ own, marked }: Leaf, { kind }: KubernetesObject) => own || (marked && kind === "ConfigMap");

export const stackSecretFlow: StackRule = {
    name: "stack-secret-flow",
    description:
        "No secret of the stack is in plain in another resource's state, in the stack's outputs, or in a Kubernetes object other than a Secret.",
    severity: "critical",
    level: "mandatory",
    references: [],
    remediation:
        "Put the secret into a Secret and refer to it (secretKeyRef, a volume); mark what is derived from it by pulumi.secret or additionalSecretOutputs. A hash of it may be in an annotation.",
    checkStack: (stack, judge) => {
        const flow = new Flow(stack, judge);
        const ofKubernetes = new Set<StackResource>();
        for (const { resource, object } of stack.objects) {
            if (!isRelease(resource)) ofKubernetes.add(resource);
            judge.part(() => flow.inObject(resource, object));
        }
        for (const resource of stack.resources)
            if (!ofKubernetes.has(resource)) judge.part(() => flow.inState(resource));
    },
};
