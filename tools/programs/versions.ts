// The pinned versions of what is compiled, typed. They are built in this order.
import versionsJson from "./versions.json";

export interface GoModule {
    /** Module path. */
    path: string;
    version: string;
    /** Packages below the module path to build, each a command. None, where only the files that it carries are wanted. */
    commands: string[];
    /** File names of commands whose own is taken by another module's. */
    rename?: Record<string, string>;
    /** Linker variables that carry the version of Kubernetes: without them clients refuse to talk, and an API server serves no group. */
    stamp?: Record<string, string>;
    /** The module whose go.mod it shares: what both are made of has one version, and is compiled once. */
    sharesWith?: string;
    /** Built from the main.go beside its go.mod, in place of the module's own. */
    ownMain?: boolean;
    /**
     * The one command of the Makefile that needs it: it is built there, is no part of the sandbox, and is not on PATH. A language
     * host there would be taken for policy packs too, and the one that can be built is too old for them.
     */
    onlyFor?: string;
}

export interface Versions {
    node: string;
    go: string;
    goModules: Record<string, GoModule>;
}

export const versions: Versions = versionsJson;
