// `make bundle`, for whoever calls it: makes the bundle and says where it is and what to do with it.
import * as fs from "node:fs";
import * as path from "node:path";
import { answerFor } from "../doctor/doctor";
import { say, step } from "../lib/progress";
import { type BundleOptions, makeBundle } from "./bundle";

export async function bundleCommand(options: BundleOptions): Promise<void> {
    // A stack may be named with its organization and project.
    const doctor = async () => (await answerFor(path.basename(options.stack), true)).text;
    const { archive, files, errors, missing } = await step(`bundle of stack ${options.stack}`, () =>
        makeBundle({ ...options, doctor }),
    );
    const size = Math.ceil(fs.statSync(archive).size / 1000);
    say(`\n${archive}: ${Object.keys(files).length} files, ${size} kB. README.txt in it says what they are.`);
    if (errors.length > 0) say(`${errors.length} things could not be had: errors.txt says which.`);
    for (const one of missing) say(`Mind: ${one}`);
    say("Its secrets are taken out. Read it nevertheless before you send it: only you know what else must not leave.");
}
