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
type Handler = (call: { request: unknown }, callback: (error: Error | null, response: unknown) => void) => void;
type Make = (pack: string, version: string, level: string, policies: Policies) => Handler;

const secretSignature = "4dabf18193072939515e22adb298388d";
const secretValue = "1b47061264138c4ac30d75fd1eb44270";

/** A secret as the engine writes it. */
export const wireSecret = (value: unknown) => ({ [secretSignature]: secretValue, value });

/** A message of the protocol, whose classes have no types. */
type Message = Record<string, (...values: unknown[]) => unknown>;
type MessageClass = (new () => Message) & Record<string, new () => Message>;

const { AnalyzeRequest, AnalyzeStackRequest, AnalyzerResource, AnalyzerResourceOptions } =
    analyzer as unknown as Record<string, MessageClass>;
const { Struct } = struct as unknown as { Struct: { fromJavaScript: (value: object) => Message } };

function message(Kind: MessageClass | undefined, given: Given): Message {
    const built = new Kind!();
    const options = new AnalyzerResourceOptions!();
    options.setCustomtimeouts!(new AnalyzerResourceOptions!.CustomTimeouts!());
    built.setType!(given.type);
    built.setUrn!(urnOf(given));
    built.setName!(given.name ?? "it");
    built.setProperties!(Struct.fromJavaScript(given.props));
    built.setOptions!(options);
    return built;
}

function call(make: keyof Handlers, policies: Policies, request: Message): Promise<Message> {
    const handler = (server as unknown as Handlers)[make]("pack", "1.0.0", "mandatory", policies);
    return new Promise((resolve, reject) =>
        handler({ request }, (error, response) => (error ? reject(error) : resolve(response as Message))),
    );
}

const diagnostics = (response: Message): Diagnostic[] =>
    (response.getDiagnosticsList!() as Message[]).map((it) => ({
        rule: it.getPolicyname!() as string,
        message: it.getMessage!() as string,
        level: it.getEnforcementlevel!() as number,
        urn: it.getUrn!() as string,
    }));

export async function analyze(policies: Policies, given: Given): Promise<Diagnostic[]> {
    return diagnostics(await call("makeAnalyzeRpcFun", policies, message(AnalyzeRequest, given)));
}

export async function analyzeStack(policies: Policies, given: Given[]): Promise<Diagnostic[]> {
    const request = new AnalyzeStackRequest!();
    request.setResourcesList!(given.map((one) => message(AnalyzerResource, one)));
    return diagnostics(await call("makeAnalyzeStackRpcFun", policies, request));
}

/** The properties after the remediations; undefined when there was none. */
export async function remediate(policies: Policies, given: Given): Promise<Record<string, unknown> | undefined> {
    const response = await call("makeRemediateRpcFun", policies, message(AnalyzeRequest, given));
    const properties = (response.getRemediationsList!() as Message[]).at(-1)?.getProperties!() as Message | undefined;
    return properties?.toJavaScript!() as Record<string, unknown> | undefined;
}
