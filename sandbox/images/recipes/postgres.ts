// PostgreSQL of Debian as CloudNativePG wants its operand: user postgres is 26, and the server's programs are on PATH. Like
// CloudNativePG's own "system" images it also holds what backups and restores run on: Python with the AWS SDK.
import { defaultPath } from "../archive";
import { debianImage, onlyS3, type DebianLayer } from "../debian";
import type { ImageSpec } from "../spec";

const user = 26;

export function postgresImage(name: string): ImageSpec {
    const major = name.slice(name.lastIndexOf(":") + 1);
    return debianImage(__filename, "postgres", name, layerOf(major), {
        User: String(user),
        Env: [`PATH=/usr/lib/postgresql/${major}/bin:${defaultPath}`, "LANG=C.UTF-8"],
        Cmd: ["postgres"],
    });
}

function layerOf(major: string): DebianLayer {
    return {
        packages: [`postgresql-${major}`, "python3-boto3"],
        accounts: [{ name: "postgres", id: user, home: "/var/lib/postgresql" }],
        // PostgreSQL compiles nothing at run time when its LLVM provider is absent; LLVM is half of the image
        exclude: [
            "/usr/lib/*/libLLVM*",
            "/usr/lib/*/libz3*",
            `/usr/lib/postgresql/${major}/lib/llvmjit*.so`,
            `/usr/lib/postgresql/${major}/lib/bitcode/*`,
        ],
        customize: [onlyS3],
        // the operator makes the cluster
        prepare: [
            'mkdir -p "$1/etc/postgresql-common"',
            `echo 'create_main_cluster = false' >"$1/etc/postgresql-common/createcluster.conf"`,
        ],
    };
}
