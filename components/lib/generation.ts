// Credentials are made again by a generation number: 1 is what the stack began with, each next number makes a new one.

/** The generation in use, and the one before it, which is still known but switched off as soon as nobody uses it. Pure. */
export const generations = (current: number): { current: number; former?: number } => ({
    current,
    ...(current > 1 ? { former: current - 1 } : {}),
});

/** Name of what belongs to a generation. The first has the plain name, by which it was known before there were generations. Pure. */
export const ofGeneration = (name: string, generation: number): string =>
    generation === 1 ? name : `${name}-${generation}`;

/** Where there are two of a kind for good, those of one generation and of the next are never the same. */
export const turns = ["a", "b"] as const;
export type Turn = (typeof turns)[number];

/** Pure. */
export const turnOf = (generation: number): Turn => turns[generation % 2]!;
