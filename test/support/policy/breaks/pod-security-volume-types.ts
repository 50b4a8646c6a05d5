import { podBreaks } from "../pods";

/** Each type that is not allowed, with a source. */
const sources = {
    hostPath: { path: "/var/lib/app" },
    awsElasticBlockStore: { volumeID: "vol-1" },
    azureDisk: { diskName: "disk", diskURI: "uri" },
    azureFile: { secretName: "name", shareName: "share" },
    cephfs: { monitors: ["monitor"] },
    cinder: { volumeID: "1" },
    fc: { wwids: ["1"] },
    flexVolume: { driver: "example.com/driver" },
    flocker: { datasetName: "data" },
    gcePersistentDisk: { pdName: "disk" },
    gitRepo: { repository: "https://git.example.com/it.git" },
    glusterfs: { endpoints: "endpoints", path: "path" },
    iscsi: { targetPortal: "portal", iqn: "iqn", lun: 0 },
    nfs: { server: "server", path: "/path" },
    photonPersistentDisk: { pdID: "1" },
    portworxVolume: { volumeID: "1" },
    quobyte: { registry: "registry:1", volume: "volume" },
    rbd: { monitors: ["monitor"], image: "image" },
    scaleIO: { gateway: "gateway", system: "system", secretRef: { name: "name" } },
    storageos: { volumeName: "volume" },
    vsphereVolume: { volumePath: "path" },
};

export const breaks = Object.entries(sources).flatMap(([type, source]) =>
    podBreaks({
        rule: "pod-security-volume-types",
        title: type,
        at: ["volumes", 0, type],
        value: source,
        absent: "fine",
        kinds: type === "hostPath" ? undefined : ["Deployment", "Pod"],
    }).map((it) => ({ ...it, field: it.field.replace("volumes[0]", "volumes[tmp]") })),
);
