// PostgreSQL of Debian as CloudNativePG wants its operand: user postgres is 26, and the server's programs are on PATH. Like
// CloudNativePG's own "system" images it also holds what backups and restores run on: Python with the AWS SDK.
import { defaultPath } from "../archive";
import { debianImage, onlyS3AndSts, type DebianLayer } from "../debian";
import { versions } from "../../versions";
import type { ImageSpec } from "../spec";

const user = 26;

export function postgresImage(name: string): ImageSpec {
    const major = name.slice(name.lastIndexOf(":") + 1);
    return debianImage(__filename, "postgres", name, layerOf(major), configOf(major));
}

/** Of the next release of Debian. It holds the libraries that the former major version was linked to, which is started once in an upgrade. */
export function nextPostgresImage(name: string): ImageSpec {
    const major = /:(\d+)/.exec(name)![1]!;
    const layer = layerOf(major);
    const packages = [...layer.packages, "libicu72", "libldap-2.5-0"];
    return debianImage(
        __filename,
        "next-postgres",
        name,
        { ...layer, packages, suite: versions.next.suite },
        configOf(major),
    );
}

const configOf = (major: string) => ({
    User: String(user),
    Env: [`PATH=/usr/lib/postgresql/${major}/bin:${defaultPath}`, "LANG=C.UTF-8"],
    Cmd: ["postgres"],
});

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
        customize: [onlyS3AndSts],
        // the operator makes the cluster
        prepare: [
            'mkdir -p "$1/etc/postgresql-common"',
            `echo 'create_main_cluster = false' >"$1/etc/postgresql-common/createcluster.conf"`,
        ],
    };
}
