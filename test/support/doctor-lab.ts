// The doctor before faults: as `make doctor` runs it, but for what it is told.
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import type { JustDbCloudArgs } from "../../components";
import { resolve } from "../../components/config/resolve";
import { expectations } from "../../components/doctor/expectations";
import { kubeconfig, sandboxEnvironment, sandboxStack } from "../../sandbox";
import { ensureDoctor, examine, type Told } from "../../tools/doctor/doctor";
import { withKubectl } from "../../tools/doctor/kubectl";
import { readStack } from "../../tools/doctor/stack";

export interface Finding {
    code: string;
    severity: string;
    seen: string;
}

export interface Diagnosis {
    code: number;
    findings: Finding[];
    unknown: { codes: string[]; why: string }[];
}

interface Changed {
    /** Settings over those of stack sandbox. */
    args?: JustDbCloudArgs;
    /** What it is told, over what follows from the settings. */
    told?: Partial<Told>;
    /** The file by which it finds the cluster. */
    by?: string;
    environment?: NodeJS.ProcessEnv;
}

/** What the doctor finds of stack sandbox, with what is changed. Rights are asked about where they are told. */
export async function diagnose({
    args = {},
    told = {},
    by = kubeconfig,
    environment = {},
}: Changed): Promise<Diagnosis> {
    const ofSandbox = { ...process.env, ...sandboxEnvironment(), ...environment };
    await ensureDoctor();
    const stack = readStack(sandboxStack);
    const settings = resolve({ ...stack.args, ...args }, "justdb");
    const expected: Told = {
        ...expectations(settings, "justdb-cloud/sandbox/justdb-namespace"),
        kinds: [],
        calls: [],
        about: "stack sandbox",
        deployer: true,
        ...told,
    };
    const { code, text } = await withKubectl({ context: "", kubeconfig: by }, (way) =>
        examine(expected, stack, way, { asJson: true, environment: ofSandbox }),
    );
    return { ...(JSON.parse(text) as Omit<Diagnosis, "code">), code };
}

export const codesOf = ({ findings }: Diagnosis) => [...new Set(findings.map(({ code }) => code))].sort();

/** The codes of each check that could not look. */
export const unknownOf = ({ unknown }: Diagnosis) => unknown.map(({ codes }) => codes.join(", "));

/** A registry that holds one image, `lab/other`, for another architecture than any node here has. */
export async function fakeRegistry(): Promise<{ host: string; close: () => void }> {
    const index = { manifests: [{ platform: { os: "linux", architecture: "s390x" } }] };
    const server = http.createServer(({ url = "" }, response) => {
        const isThere = url.startsWith("/v2/lab/other/");
        response.writeHead(isThere ? 200 : 404, { "Content-Type": "application/json" }).end(JSON.stringify(index));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    return { host: `127.0.0.1:${port}`, close: () => server.close() };
}
