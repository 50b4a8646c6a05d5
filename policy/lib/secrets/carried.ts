// Literals among the values that an object or a chart carries to somebody else.
import type { Field } from "../field";
import type { Judge } from "../judge";
import type { Config } from "../rule";
import { fieldAt, type Leaf, leavesOfField } from "./leaves";
import { keysLike, secretsIn, told } from "./secret-like";

export interface Place {
    /** What a rule has to say of a value. */
    advice: string;
    /** Values that are judged elsewhere, or that are no secret here. */
    isFine?: (leaf: Leaf) => boolean;
    /** A header is a text of its name and value, such as `Authorization: Bearer ...`. */
    isHeader?: (leaf: Leaf) => boolean;
}

export function checkCarried(values: Field, { advice, isFine, isHeader }: Place, judge: Judge, config: Config): void {
    const options = { notSecret: keysLike(config.notSecret as string[]), names: true };
    judge.each(leavesOfField(values), (leaf) => {
        if (isFine?.(leaf)) return;
        const { value, unknown, key } = leaf;
        const [name, text] = isHeader?.(leaf) ? ["", `${key}: ${value as string}`] : [key, value];
        const found = typeof text === "string" ? secretsIn(name, text, options) : [];
        if (!unknown && found.length === 0) return;
        const field = fieldAt(values, leaf.path);
        if (!field.absent) judge.wrong(field, `holds ${told(found)}; ${advice}`);
    });
}
