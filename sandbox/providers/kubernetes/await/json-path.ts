// The part of kubectl's JSONPath that conditions need: .a.b, ['a'], [0], [*] and [?(@.type=="Ready")].
import { isArray, isObject } from "../../lib/values";

type Select = (value: unknown) => unknown[];

const steps: [RegExp, (match: RegExpExecArray) => Select][] = [
    [/^\.([\w-]+)/, (match) => member(match[1] ?? "")],
    [/^\['((?:[^'\\]|\\.)*)'\]/, (match) => member(match[1] ?? "")],
    [/^\[(-?\d+)\]/, (match) => (value) => (isArray(value) ? value.slice(Number(match[1])).slice(0, 1) : [])],
    [/^(?:\[\*\]|\.\*)/, () => (value) => (isArray(value) ? value : isObject(value) ? Object.values(value) : [])],
    [
        /^\[\?\(\s*@([^=!]*?)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|(\w+))\s*\)\]/,
        (match) => {
            const inner = compile(match[1] ?? "");
            const wanted = match[3] ?? match[4] ?? match[5] ?? "";
            const equals = match[2] === "==";
            const fits = (item: unknown): boolean => inner(item).some((found) => String(found) === wanted) === equals;
            return (value) => (isArray(value) ? value.filter(fits) : []);
        },
    ],
];

function member(name: string): Select {
    return (value) => (isObject(value) && value[name] !== undefined && value[name] !== null ? [value[name]] : []);
}

function compile(text: string): Select {
    const selects: Select[] = [];
    let rest = text;
    while (rest) {
        const step = steps.map(([pattern, make]) => ({ match: pattern.exec(rest), make })).find(({ match }) => match);
        if (!step?.match) throw new Error(`JSONPath "${text}": "${rest}" is not understood`);
        selects.push(step.make(step.match));
        rest = rest.slice(step.match[0].length);
    }
    return (value) => selects.reduce<unknown[]>((found, select) => found.flatMap(select), [value]);
}

/** Takes `{.a.b}`, `.a.b` and `a.b`. */
export function jsonPath(text: string): Select {
    const inner = text
        .trim()
        .replace(/^\{(.*)\}$/, "$1")
        .replace(/^\$/, "");
    return compile(/^[.[]/.test(inner) ? inner : `.${inner}`);
}
