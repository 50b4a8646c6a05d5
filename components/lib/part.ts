import type { Problem } from "../config/error";
import type { Setting } from "../config/setting";
import type { JustDbCloudArgs, Resolved } from "../parts";
import type { Demand } from "./demand";
import type { Flow } from "./flow";
import type { Agreement, Requirement } from "./requirement";

/** What has taken the place of an argument. */
export interface Former {
    /** The arguments to set in its place. */
    now: string[];
    /** What to write for what. */
    fix: string;
}

/** What a part says of itself, before any of its resources is made. All of it is pure. */
export interface Part {
    /** Its folder, and its name in the documentation. */
    name: string;
    title: string;
    /** What it makes, in one line of the documentation. */
    makes: string;
    /** What each of its arguments may be, in the order of the documentation. */
    schema?: Record<string, Setting>;
    /** Arguments of earlier versions that are no more. */
    former?: Record<string, Former>;
    /** What contradicts what. `chosen` holds what somebody set to something else than the default. */
    checks?: (settings: Resolved, chosen: JustDbCloudArgs) => Problem[];
    /** The connections that its pods open, and those that others open to them from outside of the namespace. */
    flows?: (settings: Resolved) => Flow[];
    /** The pods and volumes that it can have at once. */
    demands?: (settings: Resolved) => Demand[];
    /** What it needs of the cluster, and does not install. */
    requirements?: (settings: Resolved) => Requirement[];
    /** What it does not change of what is there already, without being told. */
    agreements?: (settings: Resolved) => Agreement[];
}
