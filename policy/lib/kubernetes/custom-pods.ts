// The pods in a custom resource, by their shape, as no list of operators is ever complete: templates of pods, lists of containers,
// Argo's templates of one container, and whatever has the settings of a pod or a container.
import { Field } from "../field";
import type { KubernetesObject } from "./objects";
import { type ContainerList, containerLists, type Found, type Pod, podOf } from "./pod";

/** Their objects hold patterns of pods, not pods. */
const patterns = /(?:^|\.)(?:kyverno\.io|gatekeeper\.sh|jspolicy\.com)$/;

/** What is no part of the desired state. */
const others = new Set(["apiVersion", "kind", "metadata", "status"]);

/** Parts of pods and containers in which there is no other pod. */
const inside = new Set(["affinity", "env", "envFrom", "securityContext", "volumeMounts"]);

/** As deep as pods are nested in practice, and far beyond. */
const maxDepth = 24;

const isObject = (field: Field) =>
    !field.unknown && typeof field.value === "object" && field.value !== null && !Array.isArray(field.value);
const isList = (field: Field) => !field.unknown && Array.isArray(field.value);
const listed = (field: Field) => (isList(field) ? field.items : []);
const isText = (field: Field) => field.unknown || typeof field.value === "string";

const isContainer = (field: Field) => isObject(field) && (isText(field.at("image")) || isText(field.at("name")));

const isContainerList = (name: string) => (containerLists as string[]).includes(name);
/** Lists of variables beside `env`. */
const otherEnv = /^(?!env$)(?:.*E|e)nv(?:s|Vars?)?$/;

const hasContainers = (spec: Field) => containerLists.some((list) => listed(spec.at(list)).some(isContainer));

const isTemplateName = (name: string) => /template(?:spec)?$/i.test(name);
const isSpecName = (name: string) => /podspec$/i.test(name);

/** Whether it is a pod's template by its shape, whatever its name. */
const isTemplateShaped = (field: Field) =>
    field.entries.every(([key]) => key === "metadata" || key === "spec") &&
    isObject(field.at("spec")) &&
    hasContainers(field.at("spec"));

/** The spec of a pod's template, also where its containers are not known, or none, as an operator has its own. */
function isPodSpec(spec: Field): boolean {
    if (!isObject(spec)) return false;
    const containers = spec.at("containers");
    return containers.unknown || isList(containers) || hasContainers(spec);
}

/** A variable of an environment with its value. */
const isVariable = (field: Field) => isObject(field) && isText(field.at("name")) && isText(field.at("value"));

/** Settings of a pod, or of a container: an operator has them in places of its own. */
const hasSettings = (field: Field) =>
    isObject(field.at("securityContext")) ||
    ["hostNetwork", "hostPID", "hostIPC"].some((name) => typeof valueOf(field.at(name)) === "boolean") ||
    listed(field.at("env")).some(isVariable) ||
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
        if (isTemplateName(name) || isSpecName(name) || name === "containers") void field.value;
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
        if (((isTemplateName(name) || isPod) && isPodSpec(field.at("spec"))) || isTemplateShaped(field))
            return this.addPod(field);
        if (isSpecName(name) && isPodSpec(field)) return this.addPod(field.having({ spec: field }));
        this.inSettings(name, field);
        this.inOtherNames(field);
        for (const template of listed(field.at("templates")).filter(isOfArgo)) this.ofWorkflow(template, field);
        if (name !== "" && isOfArgo(field)) this.add(argoPod(this.object, field, field), false);
        for (const [key, part] of field.entries)
            if (part.unknown || !(inside.has(key) || (isContainerList(key) && isList(part))))
                this.walk(key, part, depth + 1);
    }

    private addPod(template: Field): void {
        const pod = podOf(this.object, template);
        this.add(pod, isComplete(pod));
    }

    /** An object that is no template, but has the settings of a pod or of a container: of which, only its operator knows. */
    private inSettings(name: string, field: Field): void {
        if (hasContainers(field) || (isTemplateName(name) && isPodSpec(field)))
            this.add(podOf(this.object, field.having({ metadata: field.at("metadata"), spec: field })), false);
        else if (hasSettings(field)) this.addSettings(field, [field], []);
    }

    /** Settings under other names than those of Kubernetes: `podSecurityContext`, `extraEnv`, a volume in a list of its own. */
    private inOtherNames(field: Field): void {
        const { podSecurityContext, containerSecurityContext, hostPath } = Object.fromEntries(field.entries);
        if (podSecurityContext && isObject(podSecurityContext))
            this.addSettings(field.having({ securityContext: podSecurityContext }), [], []);
        if (containerSecurityContext && isObject(containerSecurityContext))
            this.addSettings(field.having({}), [field.having({ securityContext: containerSecurityContext })], []);
        if (hostPath && isObject(hostPath) && isText(hostPath.at("path")))
            this.addSettings(field.having({}), [], [new Field({ hostPath: hostPath.value }, field.path, field)]);
        for (const [key, env] of field.entries)
            if (otherEnv.test(key) && listed(env).some(isVariable))
                this.addSettings(field.having({}), [field.having({ env })], []);
    }

    private addSettings(spec: Field, containers: Field[], volumes: Field[]): void {
        const { object } = this;
        const inList = (list: ContainerList) =>
            list === "containers" ? containers.map((fields) => ({ list, fields })) : [];
        this.add(
            { object, patch: true, metadata: spec.at("metadata"), spec, containers: inList, volumes: () => volumes },
            false,
        );
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
    const spec = template.inheriting(Object.fromEntries(inherited.map((name) => [name, workflow.at(name)])));
    const volumes = () => template.at("volumes").items;
    return { object, patch: object.patch, metadata: template.at("metadata"), spec, containers, volumes };
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
