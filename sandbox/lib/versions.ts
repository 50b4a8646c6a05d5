// The one list of pinned versions, typed.
import versionsJson from "../versions.json";

export interface GoModule {
    /** Module path. */
    path: string;
    version: string;
    /** Packages below the module path to build, each a command. */
    commands: string[];
    /** File names of commands whose own is taken by another module's. */
    rename?: Record<string, string>;
    /** Linker variables that carry the version: without them clients refuse to talk. */
    stamp?: Record<string, string>;
    /** The module whose go.mod it shares: what both are made of has one version, and is compiled once. */
    sharesWith?: string;
    /** Built from the main.go beside its go.mod, in place of the module's own. */
    ownMain?: boolean;
    /** Kept off PATH: the engine would take this old language host for policy packs too, which it cannot run. */
    offPath?: boolean;
    /** The one command of the Makefile that needs it: it is built there, and no part of the sandbox. */
    onlyFor?: string;
}

export interface Versions {
    node: string;
    go: string;
    goModules: Record<string, GoModule>;
    debian: {
        suite: string;
        /** Packages whose files are unpacked into the cache, never installed: no service of the machine is touched. */
        unpacked: string[];
        /** Of the one command of the Makefile that needs them: program -> package of which it alone is unpacked. */
        onlyFor: Record<string, Record<string, string>>;
        /** Command that must exist -> package that brings it. */
        installed: Record<string, string>;
    };
    images: {
        app: string[];
        postgres: string;
        redis: string;
        liquibase: string;
        operator: string;
        barmanPlugin: string;
        barmanSidecar: string;
        pause: string;
        coredns: string;
    };
}

export const versions: Versions = versionsJson;
