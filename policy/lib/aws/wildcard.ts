// Patterns with `*` for any text and `?` for any one character, as IAM has them.

/** Whether a text fits the pattern. Takes at most pattern times text steps, however many `*` there are. */
export function fits(pattern: string, text: string): boolean {
    let [at, place, star, resume] = [0, 0, -1, 0];
    while (place < text.length) {
        if (pattern[at] === "*") {
            star = at++;
            resume = place;
        } else if (pattern[at] === "?" || pattern[at] === text[place]) {
            at++;
            place++;
        } else if (star >= 0) {
            at = star + 1;
            place = ++resume;
        } else return false;
    }
    while (pattern[at] === "*") at++;
    return at === pattern.length;
}

export const hasWildcard = (text: string) => /[*?]/.test(text);

/** Any text fits it, or any of some length. */
export const isAnything = (pattern: string) => /^[*?]+$/.test(pattern);
