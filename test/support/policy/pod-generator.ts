// Pods for the comparison with a real API server: bases that comply and some that do not, each with none, one, two or many deviations,
// good and bad ones, in the fields that the Pod Security Standards speak of. The same seed makes the same pods.
import fc from "fast-check";
import { put } from "./break";
import type { Props } from "./judge";

type Path = (string | number)[];

interface Deviation {
    title: string;
    puts: [at: Path, value: unknown][];
}

export interface GeneratedPod {
    title: string;
    /** Its metadata and spec. */
    props: Props;
}

const image = "registry.example.com/team/app:1.2.3";
const hardened = () => ({ allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } });
const podWide = () => ({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });

function pod(securityContext: Props | undefined, ofContainers: () => Props | undefined, more: Props = {}): Props {
    const container = (name: string) => ({ name, image, securityContext: ofContainers() });
    return {
        metadata: { name: "it", annotations: {} },
        spec: {
            securityContext,
            containers: [container("app"), container("side")],
            initContainers: [{ ...container("init"), restartPolicy: "Always" }],
            volumes: [{ name: "tmp", emptyDir: {} }],
            ...more,
        },
    };
}

const bases: Record<string, () => Props> = {
    compliant: () => pod(podWide(), hardened),
    "compliant by its containers": () => pod(undefined, () => ({ ...podWide(), ...hardened() })),
    "compliant for Linux": () => pod(podWide(), hardened, { os: { name: "linux" } }),
    Windows: () => pod({ runAsNonRoot: true }, () => ({}), { os: { name: "windows" } }),
};

const bare: Record<string, () => Props> = {
    bare: () => pod(undefined, () => undefined),
    "bare for Windows": () => pod(undefined, () => undefined, { os: { name: "windows" } }),
};

const containers: Path[] = [
    ["spec", "containers", 0],
    ["spec", "containers", 1],
    ["spec", "initContainers", 0],
];

const named = (at: Path, value: unknown): string => `${at.join(".")}=${JSON.stringify(value) ?? "absent"}`;
const one = (at: Path, value: unknown): Deviation => ({ title: named(at, value), puts: [[at, value]] });

const profiles = [
    undefined,
    null,
    {},
    { type: "RuntimeDefault" },
    { type: "Localhost", localhostProfile: "app.json" },
    { type: "Unconfined" },
    { type: "unconfined" },
];

const selinux = [
    null,
    {},
    { level: "s0:c123,c456" },
    { type: "", user: "", role: "" },
    { type: "container_t" },
    { type: "container_init_t" },
    { type: "container_kvm_t" },
    { type: "container_engine_t" },
    { type: "container_file_t" },
    { type: "spc_t", level: "s0" },
    { user: "system_u" },
    { role: "system_r" },
    { type: "container_t", user: "user_u", role: "user_r" },
];

/** Settings that the pod and each container can have. */
const ofBoth: Record<string, unknown[]> = {
    runAsNonRoot: [true, false, null, undefined],
    runAsUser: [0, 1, 10001, null],
    runAsGroup: [0, 10001],
    seccompProfile: profiles,
    appArmorProfile: profiles,
    seLinuxOptions: selinux,
    windowsOptions: [{}, { hostProcess: false }, { hostProcess: null }, { runAsUserName: "ContainerUser" }],
};

const capabilities = [
    undefined,
    null,
    {},
    { drop: [] },
    { drop: null },
    { drop: ["all"] },
    { drop: ["CAP_ALL"] },
    { drop: ["NET_RAW"] },
    { drop: ["NET_RAW", "ALL"] },
    { add: ["NET_BIND_SERVICE"] },
    { drop: ["ALL"], add: [] },
    { drop: ["ALL"], add: null },
    { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
    { drop: ["ALL"], add: ["NET_BIND_SERVICE", "CHOWN"] },
    { drop: ["ALL"], add: ["CAP_NET_BIND_SERVICE"] },
    { drop: ["ALL"], add: ["net_bind_service"] },
    { drop: ["ALL"], add: ["KILL"] },
    { drop: ["ALL"], add: ["SYS_ADMIN", "NET_RAW"] },
    { drop: ["ALL"], add: ["ALL"] },
];

const httpGet = (host?: string | null) => ({ httpGet: { path: "/", port: 8080, host } });
const tcpSocket = (host?: string | null) => ({ tcpSocket: { port: 8080, host } });
const hosts = [undefined, null, "", "127.0.0.1", "example.com"];
const actions = [...hosts.map(httpGet), ...hosts.map(tcpSocket), { exec: { command: ["true"] } }];
const withHeader = { httpGet: { path: "/", port: 8080, httpHeaders: [{ name: "Host", value: "example.com" }] } };

function ofContainer(container: Path): Deviation[] {
    const own = (name: string) => [...container, "securityContext", name];
    const escalation = own("allowPrivilegeEscalation");
    const probes = [...actions, { grpc: { port: 8080 } }, withHeader];
    return [
        one([...container, "securityContext"], undefined),
        ...[true, false, null].map((value) => one(escalation, value)),
        ...capabilities.map((value) => one(own("capabilities"), value)),
        ...[false, null].map((value) => one(own("privileged"), value)),
        // The API server refuses a privileged container of which it is said that it cannot gain privileges.
        ...[true, undefined].map((value) => ({
            title: `${named(own("privileged"), true)}, ${named(escalation, value)}`,
            puts: [[own("privileged"), true] as [Path, unknown], [escalation, value] as [Path, unknown]],
        })),
        ...["Default", null].map((value) => one(own("procMount"), value)),
        // It refuses an unmasked /proc where the pod's users are the node's.
        ...["Default", "Unmasked"].map((value) => ({
            title: `${named(own("procMount"), value)}, hostUsers=false`,
            puts: [[own("procMount"), value] as [Path, unknown], [["spec", "hostUsers"], false] as [Path, unknown]],
        })),
        ...[
            [{ containerPort: 8080 }],
            [{ containerPort: 8080, hostPort: 0 }],
            [{ containerPort: 8080, hostPort: null, hostIP: "" }],
            [{ containerPort: 8080, hostPort: 8080 }],
            [{ containerPort: 8080 }, { containerPort: 8443, hostPort: 443, name: "https" }],
        ].map((value) => one([...container, "ports"], value)),
        ...probes.flatMap((probe) =>
            ["livenessProbe", "readinessProbe", "startupProbe"].map((kind) => one([...container, kind], probe)),
        ),
        ...actions.flatMap((action) =>
            ["postStart", "preStop"].map((hook) => one([...container, "lifecycle", hook], action)),
        ),
        one([...container, "lifecycle", "preStop"], { sleep: { seconds: 1 } }),
        ...Object.entries(ofBoth).flatMap(([name, values]) => values.map((value) => one(own(name), value))),
    ];
}

const sysctls = [
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
    "net/ipv4/tcp_syncookies",
    "net.ipv4.tcp_max_syn_backlog",
    "net.ipv6.conf.all.disable_ipv6",
    "net.core.somaxconn",
    "kernel.msgmax",
    "vm.overcommit_memory",
];

const volumes: Props[] = [
    {},
    { emptyDir: null },
    { emptyDir: { medium: "Memory" } },
    { hostPath: null, emptyDir: {} },
    { configMap: { name: "it" } },
    { secret: { secretName: "it" } },
    { downwardAPI: { items: [] } },
    { projected: { sources: [] } },
    { persistentVolumeClaim: { claimName: "it" } },
    { csi: { driver: "csi.example.com" } },
    { image: { reference: image } },
    {
        ephemeral: {
            volumeClaimTemplate: {
                spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
            },
        },
    },
    { hostPath: { path: "/var/log" } },
    { hostPath: { path: "/var/run/docker.sock", type: "Socket" } },
    { awsElasticBlockStore: { volumeID: "vol-1" } },
    { azureDisk: { diskName: "disk", diskURI: "https://blob.example.com/disk.vhd" } },
    { azureFile: { secretName: "it", shareName: "share" } },
    { cephfs: { monitors: ["10.0.0.1:6789"] } },
    { cinder: { volumeID: "1" } },
    { fc: { targetWWNs: ["50060e801049cfd1"], lun: 0 } },
    { flexVolume: { driver: "example.com/driver" } },
    { flocker: { datasetName: "data" } },
    { gcePersistentDisk: { pdName: "disk" } },
    { gitRepo: { repository: "https://git.example.com/it.git" } },
    { glusterfs: { endpoints: "it", path: "it" } },
    { iscsi: { targetPortal: "10.0.0.1:3260", iqn: "iqn.2001-04.com.example:storage.disk1", lun: 0 } },
    { nfs: { server: "10.0.0.1", path: "/" } },
    { photonPersistentDisk: { pdID: "1" } },
    { portworxVolume: { volumeID: "1" } },
    { quobyte: { registry: "10.0.0.1:7861", volume: "it" } },
    { rbd: { monitors: ["10.0.0.1:6789"], image: "it" } },
    { scaleIO: { gateway: "https://10.0.0.1", system: "it", volumeName: "it", secretRef: { name: "it" } } },
    { storageos: { volumeName: "it" } },
    { vsphereVolume: { volumePath: "it" } },
];

const appArmor = (container: string) => `container.apparmor.security.beta.kubernetes.io/${container}`;
const annotations: [key: string, value: string][] = [
    ...["", "runtime/default", "localhost/app", "localhost/", "unconfined", "Unconfined", "RuntimeDefault"].flatMap(
        (value): [string, string][] => ["app", "init", "gone"].map((container) => [appArmor(container), value]),
    ),
    ["seccomp.security.alpha.kubernetes.io/pod", "unconfined"],
    ["seccomp.security.alpha.kubernetes.io/pod", "runtime/default"],
    ["container.seccomp.security.alpha.kubernetes.io/app", "unconfined"],
];

const everywhere = (value: unknown): [Path, unknown][] =>
    containers.map((container) => [[...container, "securityContext", "windowsOptions"], value]);

const ofPod: Deviation[] = [
    ...Object.entries(ofBoth).flatMap(([name, values]) =>
        values.map((value) => one(["spec", "securityContext", name], value)),
    ),
    ...["hostNetwork", "hostPID", "hostIPC"].flatMap((flag) =>
        [true, false, null].map((value) => one(["spec", flag], value)),
    ),
    ...[true, false].map((value) => one(["spec", "hostUsers"], value)),
    {
        title: "hostUsers=false as root",
        puts: [
            [["spec", "hostUsers"], false],
            [["spec", "securityContext", "runAsUser"], 0],
            [["spec", "securityContext", "runAsNonRoot"], false],
        ],
    },
    one(["spec", "securityContext", "fsGroup"], 0),
    one(["spec", "securityContext", "supplementalGroups"], [0]),
    one(["spec", "shareProcessNamespace"], true),
    ...sysctls.map((name) => one(["spec", "securityContext", "sysctls"], [{ name, value: "1" }])),
    one(
        ["spec", "securityContext", "sysctls"],
        [...sysctls.slice(0, 2), "kernel.sem"].map((name) => ({ name, value: "1" })),
    ),
    ...volumes.map((source) => one(["spec", "volumes", 0], { name: "tmp", ...source })),
    ...volumes.map((source) => one(["spec", "volumes", 1], { name: "more", ...source })),
    ...annotations.map(([key, value]) => one(["metadata", "annotations", key], value)),
    // The API server refuses host processes outside the node's network, and beside other containers.
    {
        title: "host processes by the pod",
        puts: [
            [["spec", "hostNetwork"], true],
            [["spec", "securityContext", "windowsOptions"], { hostProcess: true }],
        ],
    },
    {
        title: "host processes by the containers",
        puts: [[["spec", "hostNetwork"], true], ...everywhere({ hostProcess: true })],
    },
    { title: "no host processes by the containers", puts: everywhere({ hostProcess: false }) },
];

const deviations: Deviation[] = [...ofPod, ...containers.flatMap(ofContainer)];

function deviate(base: string, of: Deviation[]): GeneratedPod {
    const props = { ...bases, ...bare }[base]!();
    for (const [at, value] of of.flatMap(({ puts }) => puts)) {
        put({ type: "", props }, at, structuredClone(value));
    }
    return { title: [base, ...of.map(({ title }) => title)].join("; "), props };
}

export interface Shares {
    /** Pods with two deviations. */
    pairs: number;
    /** Pods with three to eight. */
    wild: number;
}

/** Each base as it is, each deviation alone, then pods by chance. */
export function generatedPods(seed: number, { pairs, wild }: Shares): GeneratedPod[] {
    const compliant = fc.constantFrom(...Object.keys(bases));
    const any = fc.constantFrom(...Object.keys(bases), ...Object.keys(bare));
    const some = (minLength: number, maxLength: number) =>
        fc.uniqueArray(fc.constantFrom(...deviations), { minLength, maxLength });
    const sample = (arbitrary: fc.Arbitrary<[string, Deviation[]]>, numRuns: number) =>
        fc.sample(arbitrary, { seed, numRuns }).map(([name, of]) => deviate(name, of));
    return [
        ...Object.keys({ ...bases, ...bare }).map((name) => deviate(name, [])),
        ...deviations.map((it, index) => deviate(index % 2 ? "compliant" : "compliant by its containers", [it])),
        ...sample(fc.tuple(compliant, some(2, 2)), pairs),
        ...sample(fc.tuple(any, some(3, 8)), wild),
    ];
}

/** A pod that complies, with an ephemeral container that has each deviation alone. */
export function podsWithEphemeralContainer(): GeneratedPod[] {
    const container: Path = ["spec", "ephemeralContainers", 0];
    const own = ofContainer(container).filter(({ puts }) => puts.every(([at]) => at[1] === container[1]));
    const debug: Deviation = {
        title: "an ephemeral container",
        puts: [[container, { name: "debug", image, securityContext: hardened() }]],
    };
    return [deviate("compliant", [debug]), ...own.map((it) => deviate("compliant", [debug, it]))];
}
