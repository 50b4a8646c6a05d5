// `make down`.
import { stopMachine } from "../machine";

export const down = () => stopMachine();
