import { distance } from "fastest-levenshtein";

/** The candidate closest to a mistyped word, unless none is close. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
    const most = Math.max(2, Math.floor(word.length / 3));
    return [...candidates]
        .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
        .filter(({ edits }) => edits <= most)
        .sort((a, b) => a.edits - b.edits)[0]?.candidate;
}
