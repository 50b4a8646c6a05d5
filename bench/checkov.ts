// checkov, a scanner to measure beside.
import * as path from "node:path";
import { pythonEnvironment } from "../tools/programs/python";

export const checkov = pythonEnvironment("checkov", "checkov", path.join(__dirname, "checkov.txt"));
