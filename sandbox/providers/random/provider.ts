// The random package's types: values that are made once and then live in the state.
import { randomBytes } from "node:crypto";
import { ProviderModule } from "../lib/provider";
import { Definition, TypedProvider } from "../lib/typed";
import { text, type Values } from "../lib/values";
import { version } from "@pulumi/random/package.json";
import { type PasswordOptions, makePassword, passwordProblem } from "./password";

const textDefaults: Values = {
    lower: true,
    upper: true,
    special: true,
    minLower: 0,
    minUpper: 0,
    minNumeric: 0,
    minSpecial: 0,
};

/** `number` is the older name of `numeric`. */
function options(inputs: Values): PasswordOptions {
    const numeric = inputs.numeric ?? inputs.number ?? true;
    return { overrideSpecial: "", ...inputs, numeric } as PasswordOptions;
}

function textType(idOf: (result: string) => string): Definition<undefined> {
    return {
        computed: ["result", "number", "numeric"],
        replaceOn: "any",
        defaults: textDefaults,
        validate: (inputs) => {
            const reason = passwordProblem(options(inputs));
            return reason ? [{ property: "length", reason }] : [];
        },
        create(inputs) {
            const { numeric } = options(inputs);
            const result = makePassword(options(inputs));
            return { id: idOf(result), outputs: { result, numeric, number: numeric } };
        },
        /** Nothing lives outside the state; an import brings the text as the id. */
        read(id, state) {
            if (state.result !== undefined) return { id, outputs: state };
            return {
                id: idOf(id),
                outputs: { ...textDefaults, result: id, length: id.length, numeric: true, number: true },
            };
        },
        delete() {},
    };
}

const randomId: Definition<undefined> = {
    computed: ["b64Std", "b64Url", "dec", "hex"],
    replaceOn: "any",
    create(inputs) {
        const bytes = randomBytes(Number(inputs.byteLength));
        const prefix = text(inputs.prefix);
        const hex = bytes.toString("hex");
        const b64Url = bytes.toString("base64url");
        const b64Std = prefix + bytes.toString("base64");
        const dec = prefix + BigInt(`0x${hex}`).toString();
        return { id: b64Url, outputs: { b64Std, b64Url: prefix + b64Url, dec, hex: prefix + hex } };
    },
    read: (id, state) => ({ id, outputs: state }),
    delete() {},
};

export const definitions: Record<string, Definition<undefined>> = {
    "random:index/randomPassword:RandomPassword": { ...textType(() => "none"), secrets: ["result"] },
    "random:index/randomString:RandomString": textType((result) => result),
    "random:index/randomId:RandomId": randomId,
};

export const random: ProviderModule = {
    name: "random",
    version,
    replaceOn: [],
    configure: (_, host) => new TypedProvider(definitions, undefined, host),
};
