// `make doctor STACK=...`: is the cluster ready for a stack, and does what runs there keep what the stack promises?
import { doctor, failure } from "./doctor/doctor";
import { fail, runMain } from "./lib/main";

const [stack = "", ...options] = process.argv.slice(2);

runMain(async () => {
    try {
        process.exitCode = await doctor(stack, options);
    } catch (error) {
        fail(error as Error);
        process.exitCode = failure;
    }
});
