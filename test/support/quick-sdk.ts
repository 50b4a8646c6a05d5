// What Pulumi's SDK does for whoever looks for a fault in it, and tests have no use for.
import debuggable = require("@pulumi/pulumi/runtime/debuggable");
import log = require("@pulumi/pulumi/log");

// It tells the engine of each step of each resource, one message after another, which nobody sees.
const telling = log as { debug: typeof log.debug };
const { debug } = telling;
const silent: typeof debug = () => Promise.resolve();
telling.debug = silent;

/** In a suite, it tells: for tests of what must not be seen, as these messages have secrets in them. */
export function withDebugMessages(): void {
    before(() => (telling.debug = debug));
    after(() => (telling.debug = silent));
}

// It notes at each promise of a resource where it was made, for a report of those that never end. Under tsx such a stack goes through the
// source maps: three quarters of the time that a plan takes. So none is noted in tests; errors keep their stacks.
type Noting = (promise: Promise<unknown>, context: unknown) => Promise<unknown>;

const runtime = debuggable as unknown as { debuggablePromise: Noting };
const { debuggablePromise } = runtime;

runtime.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
        return debuggablePromise(promise, context);
    } finally {
        Error.stackTraceLimit = limit;
    }
};
