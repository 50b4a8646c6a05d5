import assert from "node:assert/strict";
import { holdsRuntimeSocket } from "../../../../../policy/lib/kubernetes/runtime-sockets";

describe("the sockets of container runtimes", () => {
    it("are found by each of their paths, and in each folder above them", () => {
        for (const path of [
            "/var/run/docker.sock",
            "/run/docker.sock",
            "/run//docker.sock/",
            "/var/run/../run/./docker.sock",
            "/run/containerd/containerd.sock",
            "/run/containerd",
            "/var/run/containerd/",
            "/var/run/crio/crio.sock",
            "/run/cri-dockerd.sock",
            "/run/k3s/containerd",
            "/run/user/1000/docker.sock",
            "/",
            "/run",
            "/var",
            "/var/run",
            "/proc/1/root",
            "/proc/1/root/run/docker.sock",
            "/proc/self/root/proc/1/root/var/run",
            "\\\\.\\pipe\\docker_engine",
            "//./pipe/Containerd-containerd",
        ]) {
            assert.ok(holdsRuntimeSocket(path), path);
        }
    });

    it("are in no other folder", () => {
        for (const path of [
            "/var/log",
            "/var/lib/kubelet/pods",
            "/var/lib/docker",
            "/run/xtables.lock",
            "/run/containerd-data",
            "/var/running",
            "/run/udev",
            "/proc",
            "/proc/1",
            "/proc/sys",
            "/data/run",
            "/data/var/run/my.sock",
            "C:\\data",
        ]) {
            assert.ok(!holdsRuntimeSocket(path), path);
        }
    });
});
