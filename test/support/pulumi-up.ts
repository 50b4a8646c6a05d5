// `pulumi up` as a person runs it, preview first: the Automation API's own `up` has none. The program runs in this process.
import * as grpc from "@grpc/grpc-js";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import automation = require("@pulumi/pulumi/automation/server");
import language = require("@pulumi/pulumi/proto/language_grpc_pb");
import { run, sandboxStack, withStack } from "../../sandbox";

interface Internals {
    LanguageServer: new (program: PulumiFn) => grpc.UntypedServiceImplementation & { onPulumiExit: () => void };
    LanguageRuntimeService: grpc.ServiceDefinition;
}

const { LanguageServer } = automation as unknown as Internals;
const { LanguageRuntimeService } = language as unknown as Internals;

/** Runs `pulumi <command>` for a program on a stack with the sandbox's settings. Fails with the CLI's output. */
export function pulumi(command: string, stackName: string, program: PulumiFn, options: string[]): Promise<string> {
    return withStack(
        stackName,
        async ({ workspace: { envVars, workDir } }) => {
            const server = new grpc.Server();
            const languageServer = new LanguageServer(program);
            server.addService(LanguageRuntimeService, languageServer);
            const address = "127.0.0.1:0";
            const port = await new Promise<number>((resolve, reject) =>
                server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, bound) =>
                    error ? reject(error) : resolve(bound),
                ),
            );
            try {
                const args = [command, "--non-interactive", "--stack", stackName, `--client=127.0.0.1:${port}`];
                const kind = ["--exec-kind", "auto.inline"];
                return await run("pulumi", [...args, ...kind, ...options], { cwd: workDir, env: envVars });
            } finally {
                languageServer.onPulumiExit();
                server.forceShutdown();
            }
        },
        { settingsOf: sandboxStack },
    );
}
