// The pods in a custom resource, by their shape, as no list of operators is ever complete: templates of pods, lists of containers,
// Argo's templates of one container, and whatever has the settings of a pod or a container.
import type { Field } from "../field";
import type { KubernetesObject } from "./objects";
import { type ContainerList, containerLists, type Found, type Pod, podOf } from "./pod";

/** Their objects hold patterns of pods, not pods. */
const patterns = /(?:^|\.)(?:kyverno\.io|gatekeeper\.sh|jspolicy\.com)$/;

/** What is no part of the desired state. */
const others = new Set(["apiVersion", "kind", "metadata", "status"]);

/** Parts of pods and containers in which there is no other pod. */
const inside = new Set([...containerLists, "affinity", "env", "envFrom", "securityContext", "volumeMounts", "volumes"]);

/** As deep as pods are nested in practice, and far beyond. */
const maxDepth = 24;

const isObject = (field: Field) =>
    !field.unknown && typeof field.value === "object" && field.value !== null && !Array.isArray(field.value);
const isList = (field: Field) => !field.unknown && Array.isArray(field.value);
const listed = (field: Field) => (isList(field) ? field.items : []);
const isText = (field: Field) => field.unknown || typeof field.value === "string";

const isContainer = (field: Field) => isObject(field) && (isText(field.at("image")) || isText(field.at("name")));

const hasContainers = (spec: Field) => containerLists.some((list) => listed(spec.at(list)).some(isContainer));

const isTemplateName = (name: string) => /template$/i.test(name);

/** The spec of a pod's template, also where its containers are not known, or none, as an operator has its own. */
function isPodSpec(spec: Field): boolean {
    if (!isObject(spec)) return false;
    const containers = spec.at("containers");
    return containers.unknown || isList(containers) || hasContainers(spec);
}

/** Settings of a pod, or of a container: an operator has them in places of its own. */
const hasSettings = (field: Field) =>
    isObject(field.at("securityContext")) ||
    ["hostNetwork", "hostPID", "hostIPC"].some((name) => typeof valueOf(field.at(name)) === "boolean") ||
    listed(field.at("volumes")).some((volume) => isObject(volume) && isObject(volume.at("hostPath"))) ||
    (isText(field.at("image")) &&
        ["env", "envFrom", "command", "args", "volumeMounts", "imagePullPolicy", "script"].some(
            (name) => field.at(name).unknown || !field.at(name).absent,
        ));

const valueOf = (field: Field) => (field.unknown ? undefined : field.value);

/** Argo's template of one container, or of a set of them. */
const ofArgo = ["container", "script", "containerSet"];
const isOfArgo = (field: Field) => isObject(field) && ofArgo.some((name) => isObject(field.at(name)));
/** What it has from the workflow around it. */
const inherited = ["securityContext", "automountServiceAccountToken", "serviceAccountName"];

/** A text with a list of containers in YAML or JSON, such as a patch of a pod. */
const podText = /(?:^|[\s{,"])containers["']?[^\S\n]*:[^\S\n]*(?:\[|\r?\n|$)/;

class Search implements Found {
    readonly pods: Pod[] = [];
    readonly texts: Field[] = [];

    constructor(private readonly object: KubernetesObject) {}

    private add(pod: Pod, isWhole: boolean): void {
        this.pods.push({ ...pod, patch: pod.patch || !isWhole });
    }

    /** What is not known is a pod only by its name. */
    private unknown(name: string, field: Field): void {
        if (isTemplateName(name) || /^(?:podSpec|containers)$/.test(name)) void field.value;
    }

    walk(name: string, field: Field, depth = 0): void {
        if (depth > maxDepth) return;
        if (field.unknown) this.unknown(name, field);
        else if (isObject(field)) this.inObject(name, field, depth);
        else if (isList(field)) for (const item of field.items) this.walk("", item, depth + 1);
        else if (typeof field.value === "string" && podText.test(field.value)) this.texts.push(field);
    }

    private inObject(name: string, field: Field, depth: number): void {
        const isPod = valueOf(field.at("kind")) === "Pod";
        if ((isTemplateName(name) || isPod) && isPodSpec(field.at("spec"))) {
            const pod = podOf(this.object, field);
            this.add(pod, isComplete(pod));
            return;
        }
        this.inSettings(name, field);
        for (const template of listed(field.at("templates")).filter(isOfArgo)) this.ofWorkflow(template, field);
        if (name !== "" && isOfArgo(field)) this.add(argoPod(this.object, field, field), false);
        for (const [key, part] of field.entries) if (part.unknown || !inside.has(key)) this.walk(key, part, depth + 1);
    }

    /** An object that is no template, but has the settings of a pod or of a container: of which, only its operator knows. */
    private inSettings(name: string, field: Field): void {
        const { object } = this;
        const pod = { object, patch: true, metadata: field.at("metadata"), spec: field };
        const all = (list: ContainerList) => field.at(list).items.map((fields) => ({ list, fields }));
        if (hasContainers(field) || (isTemplateName(name) && isPodSpec(field)))
            this.add({ ...pod, containers: all }, false);
        else if (hasSettings(field))
            this.add({ ...pod, containers: (list) => (list === "containers" ? [{ list, fields: field }] : []) }, false);
    }

    private ofWorkflow(template: Field, workflow: Field): void {
        const pod = argoPod(this.object, template, workflow);
        this.add(pod, isComplete(pod) && !isObject(workflow.at("templateDefaults")));
    }
}

function argoPod(object: KubernetesObject, template: Field, workflow: Field): Pod {
    const containers = (list: ContainerList) => {
        if (list !== "containers") return template.at(list).items.map((fields) => ({ list, fields }));
        const own = ["container", "script"].map((name) => template.at(name)).filter(isObject);
        const set = isObject(template.at("containerSet")) ? template.at("containerSet", "containers").items : [];
        return [...own, ...set, ...template.at("sidecars").items].map((fields) => ({ list, fields }));
    };
    const spec = template.inheriting(workflow, inherited);
    return { object, patch: object.patch, metadata: template.at("metadata"), spec, containers };
}

/** Whether the pod says itself what it runs: where a container has no image, an operator fills it in, and other things with it. */
function isComplete({ containers, spec }: Pod): boolean {
    if (spec.at("containers").unknown) return true;
    const all = containers("containers");
    return all.length > 0 && all.every(({ fields }) => fields.unknown || isText(fields.at("image")));
}

/** The pods of a custom resource. Throws UnknownValue when what looks like a template is not known. */
export function searchCustom(object: KubernetesObject): Found {
    const search = new Search(object);
    if (!patterns.test(object.group))
        for (const [name, part] of object.fields.entries) if (!others.has(name)) search.walk(name, part);
    return search;
}
