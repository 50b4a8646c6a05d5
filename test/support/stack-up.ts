// Brings up a stack in a process of its own, so that a test can kill the engine under it: stack-up.ts <stack> <config as JSON>.
import { sandboxStack, withStack } from "../../sandbox";

const [name, config] = process.argv.slice(2) as [string, string];

void withStack(name, (stack) => stack.up({ onOutput: (text) => process.stdout.write(text) }), {
    settingsOf: sandboxStack,
    config: JSON.parse(config) as Record<string, string>,
}).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
});
