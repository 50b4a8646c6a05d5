// Few combinations in place of all: most mistakes show where two values meet. No library that was found chooses among given
// combinations, and here which ones are possible is known of whole ones only.

/** Every combination of one value of each. */
export const combinations = <T>(values: T[][]): T[][] =>
    values.reduce<T[][]>((rows, more) => rows.flatMap((row) => more.map((value) => [...row, value])), [[]]);

const pairsOf = (row: string[]): string[] =>
    row.flatMap((one, i) => row.slice(i + 1).map((other, j) => JSON.stringify([i, one, i + 1 + j, other])));

/** Of possible combinations, some in which each two values are together that are so in any. Greedy: not the fewest, but the same ones each time. */
export function pairwise(possible: string[][]): string[][] {
    const rows = possible.map((row) => ({ row, pairs: pairsOf(row) }));
    const left = new Set(rows.flatMap(({ pairs }) => pairs));
    const chosen: string[][] = [];
    while (left.size > 0) {
        const gains = rows.map(({ pairs }) => pairs.filter((pair) => left.has(pair)).length);
        const best = rows[gains.indexOf(Math.max(...gains))]!;
        best.pairs.forEach((pair) => left.delete(pair));
        chosen.push(best.row);
    }
    return chosen;
}
