// A yes or no that may hang on a value that is not known yet: for rules that look for one thing among many, where one that surely fits
// is enough and one that may fit leaves the question open.
import { UnknownValue } from "./field";

export type Verdict = boolean | UnknownValue;

/** What `read` gives, or the value that it needs and that is not known. */
export function orUnknown<T>(read: () => T): T | UnknownValue {
    try {
        return read();
    } catch (error) {
        if (error instanceof UnknownValue) return error;
        throw error;
    }
}

/** Yes when one is a yes, else open when one is open. */
export function anyOf(verdicts: Iterable<Verdict>): Verdict {
    let open: Verdict = false;
    for (const verdict of verdicts) {
        if (verdict === true) return true;
        if (open === false) open = verdict;
    }
    return open;
}

/** No when one is a no, else open when one is open. */
export function allOf(verdicts: Iterable<Verdict>): Verdict {
    let open: Verdict = true;
    for (const verdict of verdicts) {
        if (verdict === false) return false;
        if (open === true) open = verdict;
    }
    return open;
}

/** The value when it is known. Throws UnknownValue. */
export function settled<T>(value: T | UnknownValue): T {
    if (value instanceof UnknownValue) throw value;
    return value;
}
