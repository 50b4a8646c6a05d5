/** The candidate closest to a mistyped word, unless none is close. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
    let best: string | undefined;
    let least = Math.max(2, Math.floor(word.length / 3)) + 1;
    for (const candidate of candidates) {
        const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
        if (distance < least) {
            [best, least] = [candidate, distance];
        }
    }
    return best;
}

/** Levenshtein distance, one row at a time. */
function editDistance(from: string, to: string): number {
    let row = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (let i = 1; i <= from.length; i++) {
        const next = [i];
        for (let j = 1; j <= to.length; j++) {
            const replace = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
            next.push(Math.min(replace, row[j]! + 1, next[j - 1]! + 1));
        }
        row = next;
    }
    return row[to.length]!;
}
