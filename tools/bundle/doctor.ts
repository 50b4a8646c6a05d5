// What `make doctor` finds: it is run as it is, since it says by its exit code that it found something.
import { ProgramError, run } from "../lib/exec";
import type { Part } from "./parts";

/** `command`: program and arguments. */
export const doctorPart =
    ([program = "", ...args]: string[]): Part =>
    (collection) =>
        collection.add("doctor.txt", async () => {
            try {
                return await run(program, args);
            } catch (error) {
                if (error instanceof ProgramError && error.output !== "") return error.output;
                throw error;
            }
        });
