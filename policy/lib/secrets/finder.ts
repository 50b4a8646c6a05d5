// Looks for many texts in one, in a time that does not grow with their number.

/** Finds texts of at least `minLength` characters, two or more; shorter ones it does not look for. */
export class Finder {
    /** By their first characters, the lengths of the texts that begin so, longest first. */
    private readonly lengths = new Map<string, number[]>();
    private readonly texts = new Set<string>();
    /** Whether a text begins with two characters, by a hash of them: most places are passed by this alone. */
    private readonly starts = new Uint8Array(1 << 16);

    constructor(
        private readonly minLength: number,
        texts: Iterable<string>,
    ) {
        for (const text of texts) this.add(text);
        for (const lengths of this.lengths.values()) lengths.sort((a, b) => b - a);
    }

    private add(text: string): void {
        if (text.length < this.minLength || this.texts.has(text)) return;
        this.texts.add(text);
        this.starts[hash(text, 0)] = 1;
        const start = text.slice(0, this.minLength);
        const lengths = this.lengths.get(start) ?? [];
        if (!lengths.includes(text.length)) lengths.push(text.length);
        this.lengths.set(start, lengths);
    }

    /** The longest at the first place where there is one. */
    in(text: string): string | undefined {
        for (const found of this.at(text)) return found;
        return undefined;
    }

    /** All of them that are in a text. */
    allIn(text: string): Set<string> {
        return new Set(this.at(text));
    }

    private *at(text: string): Iterable<string> {
        for (let index = 0; index + this.minLength <= text.length; index += 1) {
            if (this.starts[hash(text, index)] === 0) continue;
            for (const length of this.lengths.get(text.slice(index, index + this.minLength)) ?? []) {
                const found = text.slice(index, index + length);
                if (this.texts.has(found)) yield found;
            }
        }
    }
}

const hash = (text: string, index: number) => (text.charCodeAt(index) * 251 + text.charCodeAt(index + 1)) & 0xffff;
