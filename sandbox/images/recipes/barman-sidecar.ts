// The part of CloudNativePG's plugin for barman-cloud that runs beside PostgreSQL: the plugin's program, and barman-cloud of Debian's
// next release, which it calls. That of the sandbox's own has an AWS SDK that cannot be told where STS is.
import * as path from "node:path";
import { goBinary } from "../../../tools/programs/go/build";
import { versions } from "../../versions";
import { packImages } from "../archive";
import { debianLayer, onlyS3AndSts } from "../debian";
import { keyOf, type ImageSpec } from "../spec";

/** The user of PostgreSQL's image: both write to the same volumes. */
const user = 26;

export function barmanSidecarImage(name: string): ImageSpec {
    const binary = goBinary("barman-plugin");
    const config = { User: `${user}:${user}`, Env: ["LANG=C.UTF-8"], Entrypoint: ["/manager"] };
    return {
        name,
        archive: "barman-sidecar",
        command: "barman-plugin",
        key: () => keyOf(__filename, [name, versions.next.suite], [binary]),
        async build(outTar, workDir) {
            const layerTar = path.join(workDir, "layer.tar");
            const layer = {
                packages: ["barman-cli-cloud"],
                suite: versions.next.suite,
                accounts: [{ name: "postgres", id: user, home: "/var/lib/postgresql" }],
                customize: [onlyS3AndSts, `install -m 755 '${binary}' "$1/manager"`],
            };
            await debianLayer(layer, layerTar, workDir);
            await packImages([{ name, config }], layerTar, outTar, workDir);
        },
    };
}
