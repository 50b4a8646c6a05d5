// The pack's policies behind the SDK's own request handlers, without a process or a network: what the engine sends goes in, what it gets
// comes out.
import type { Policies } from "@pulumi/policy";
import server = require("@pulumi/policy/server");
import analyzer = require("@pulumi/pulumi/proto/analyzer_pb");
import struct = require("google-protobuf/google/protobuf/struct_pb");
import { type Given, urnOf } from "./judge";

export interface Diagnostic {
    rule: string;
    message: string;
    level: number;
    urn: string;
}

interface Handlers {
    makeAnalyzeRpcFun: Make;
    makeAnalyzeStackRpcFun: Make;
    makeRemediateRpcFun: Make;
}
type Handler = (call: { request: unknown }, callback: (error: unknown, response: unknown) => void) => void;
type Make = (pack: string, version: string, level: string, policies: Policies) => Handler;

const secretSignature = "4dabf18193072939515e22adb298388d";
const secretValue = "1b47061264138c4ac30d75fd1eb44270";

/** A secret as the engine writes it. */
export const wireSecret = (value: unknown) => ({ [secretSignature]: secretValue, value });

/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-argument --
   the messages of the protocol have no types */
function message(Kind: any, given: Given): any {
    const built = new Kind();
    built.setType(given.type);
    built.setUrn(urnOf(given));
    built.setName(given.name ?? "it");
    built.setProperties((struct as any).Struct.fromJavaScript(given.props));
    const options = new (analyzer as any).AnalyzerResourceOptions();
    options.setCustomtimeouts(new (analyzer as any).AnalyzerResourceOptions.CustomTimeouts());
    built.setOptions(options);
    return built;
}

function call(make: keyof Handlers, policies: Policies, request: unknown): Promise<any> {
    const handler = (server as unknown as Handlers)[make]("pack", "1.0.0", "mandatory", policies);
    return new Promise((resolve, reject) =>
        handler({ request }, (error, response) => (error ? reject(error as Error) : resolve(response))),
    );
}

const diagnostics = (response: any): Diagnostic[] =>
    response.getDiagnosticsList().map((it: any) => ({
        rule: it.getPolicyname(),
        message: it.getMessage(),
        level: it.getEnforcementlevel(),
        urn: it.getUrn(),
    }));

export async function analyze(policies: Policies, given: Given): Promise<Diagnostic[]> {
    const request = message((analyzer as any).AnalyzeRequest, given);
    return diagnostics(await call("makeAnalyzeRpcFun", policies, request));
}

export async function analyzeStack(policies: Policies, given: Given[]): Promise<Diagnostic[]> {
    const request = new (analyzer as any).AnalyzeStackRequest();
    request.setResourcesList(given.map((one) => message((analyzer as any).AnalyzerResource, one)));
    return diagnostics(await call("makeAnalyzeStackRpcFun", policies, request));
}

/** The properties after the remediations; undefined when there was none. */
export async function remediate(policies: Policies, given: Given): Promise<Record<string, unknown> | undefined> {
    const request = message((analyzer as any).AnalyzeRequest, given);
    const response = await call("makeRemediateRpcFun", policies, request);
    return response.getRemediationsList().at(-1)?.getProperties()?.toJavaScript();
}
