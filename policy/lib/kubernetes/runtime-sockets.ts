// Where container runtimes listen. Who can write to one of these sockets can start any container on the node.
import { posix } from "node:path";

/** Without the node's `/var`, as `/var/run` is `/run`. Windows has named pipes in their place. */
const sockets = [
    "/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/crio/crio.sock",
    "/run/cri-dockerd.sock",
    "/run/dockershim.sock",
    "/run/podman/podman.sock",
    "/run/nri/nri.sock",
    "/run/k3s/containerd/containerd.sock",
    "/run/k0s/containerd.sock",
    "/var/snap/microk8s/common/run/containerd.sock",
    "/pipe/docker_engine",
    "/pipe/containerd-containerd",
    "/pipe/cri-dockerd",
    "/pipe/dockershim",
];

/** Known wherever they are, such as below a user's own `/run/user/1000`. */
const names = new Set(sockets.map((socket) => posix.basename(socket)));

/** The root of a process that sees the node's files leads to them again. */
const throughProcess = /^(?:\/proc\/[^/]+\/(?:root|cwd)(?=\/|$))+/;

/** As the list above has them: `/var/run/../run//docker.sock`, `/proc/1/root/run/docker.sock`, `\\.\pipe\docker_engine`. */
function normalised(path: string): string {
    const plain = posix.resolve("/", path.replaceAll("\\", "/")).replace(throughProcess, "");
    if (/^\/pipe\//i.test(plain)) return plain.toLowerCase();
    return plain.replace(/^\/var\/run(?=\/|$)/, "/run").replace(/\/$/, "");
}

/** Whether a path of the node is such a socket, or a folder above one. */
export function holdsRuntimeSocket(path: string): boolean {
    const plain = normalised(path);
    return names.has(posix.basename(plain)) || sockets.some((socket) => `${socket}/`.startsWith(`${plain}/`));
}
