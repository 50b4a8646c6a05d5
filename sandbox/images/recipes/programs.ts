// Images of one static program each.
import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../../../tools/lib/exec";
import { goBinary } from "../../../tools/programs/go/build";
import { packFolder, packImages, type ImageConfig } from "../archive";
import { architecture, keyOf, type ImageSpec } from "../spec";

const certificates = "etc/ssl/certs/ca-certificates.crt";

/** Keeps a pod's namespaces open. */
export function pauseImage(name: string): ImageSpec {
    const source = path.join(__dirname, "../pause/main.go");
    return programImage("pause", name, [source], { User: "65535:65535", Entrypoint: ["/pause"] }, async (root) => {
        const args = ["build", "-trimpath", "-ldflags=-s -w", "-o", path.join(root, "pause"), source];
        await run("go", args, { env: { CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOWORK: "off" } });
    });
}

export function corednsImage(name: string): ImageSpec {
    return goImage("coredns", name, "coredns", { Entrypoint: ["/coredns"] }, (root, binary) => {
        fs.copyFileSync(binary, path.join(root, "coredns"));
    });
}

/** CloudNativePG's operator hands its own program to the database pods from /operator. */
export function operatorImage(name: string): ImageSpec {
    const config = { User: "65532:65532", Entrypoint: ["/manager"] };
    return goImage("operator", name, "manager", config, (root, binary) => {
        fs.copyFileSync(binary, path.join(root, "manager"));
        fs.mkdirSync(path.join(root, "operator"));
        fs.linkSync(path.join(root, "manager"), path.join(root, "operator", `manager_${architecture}`));
    });
}

/** The part of CloudNativePG's plugin for barman-cloud that the operator asks. */
export function barmanPluginImage(name: string): ImageSpec {
    const config = { User: "65532:65532", Entrypoint: ["/manager"] };
    return goImage("barman-plugin", name, "barman-plugin", config, (root, binary) => {
        fs.copyFileSync(binary, path.join(root, "manager"));
    });
}

/** A gateway and ingress controller. */
export function traefikImage(name: string): ImageSpec {
    return goImage("traefik", name, "traefik", { User: "65532:65532", Entrypoint: ["/traefik"] }, (root, binary) => {
        fs.copyFileSync(binary, path.join(root, "traefik"));
    });
}

/** The controller of Rollouts, with the user and the folders that the manifest of its release counts on. */
export function argoRolloutsImage(name: string): ImageSpec {
    const home = "/home/argo-rollouts";
    const config = { User: "999:999", WorkingDir: home, Entrypoint: ["/rollouts-controller"] };
    return goImage("argo-rollouts", name, "rollouts-controller", config, (root, binary) => {
        fs.mkdirSync(path.join(root, home), { recursive: true });
        fs.copyFileSync(binary, path.join(root, "rollouts-controller"));
    });
}

/** Tells the autoscaler how much the pods use. */
export function metricsServerImage(name: string): ImageSpec {
    const config = { User: "65532:65532", Entrypoint: ["/metrics-server"] };
    return goImage("metrics-server", name, "metrics-server", config, (root, binary) => {
        fs.copyFileSync(binary, path.join(root, "metrics-server"));
    });
}

/** The Prometheus operator, and what it puts beside each Prometheus to have it read a changed configuration. */
export function prometheusOperatorImage(name: string): ImageSpec {
    const programs = ["prometheus-operator", "prometheus-config-reloader"];
    const config = { User: "65534:65534", Entrypoint: ["/bin/prometheus-operator"] };
    return programImage("prometheus-operator", name, programs.map(goBinary), config, (root) => {
        fs.mkdirSync(path.join(root, "bin"));
        for (const program of programs) fs.copyFileSync(goBinary(program), path.join(root, "bin", program));
    });
}

/** Receives traces. */
export function otelCollectorImage(name: string): ImageSpec {
    const config = { User: "65532:65532", Entrypoint: ["/otel-collector"] };
    return goImage("otel-collector", name, "otel-collector", config, (root, binary) => {
        fs.copyFileSync(binary, path.join(root, "otel-collector"));
    });
}

/** An image of a command that was built before. */
function goImage(
    archive: string,
    name: string,
    command: string,
    config: ImageConfig,
    fill: (root: string, binary: string) => void,
): ImageSpec {
    const binary = goBinary(command);
    return { ...programImage(archive, name, [binary], config, (root) => fill(root, binary)), command };
}

function programImage(
    archive: string,
    name: string,
    inputs: string[],
    config: ImageConfig,
    fill: (root: string) => void | Promise<void>,
): ImageSpec {
    return {
        name,
        archive,
        key: () => keyOf(__filename, name, inputs),
        async build(outTar, workDir) {
            const root = path.join(workDir, "root");
            const layer = path.join(workDir, "layer.tar");
            fs.mkdirSync(path.join(root, "tmp"), { recursive: true });
            await fill(root);
            if (fs.existsSync(`/${certificates}`)) {
                fs.mkdirSync(path.join(root, path.dirname(certificates)), { recursive: true });
                fs.copyFileSync(`/${certificates}`, path.join(root, certificates));
            }
            await run("chmod", ["-R", "u=rwX,go=rX", root]);
            fs.chmodSync(path.join(root, "tmp"), 0o1777);
            await packFolder(root, layer);
            await packImages([{ name, config }], layer, outTar, workDir);
        },
    };
}
