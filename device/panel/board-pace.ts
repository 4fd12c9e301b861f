const SMALLEST_BODY_BYTES = 64;
const FIRST_BODY_BYTES = 512;
const CLEAN_BEFORE_GROWTH = 16;

/**
 * How large bodies may be on this line now. A lost frame halves it, a run without loss doubles it: with one bit in 10,000
 * turned over, four of five frames of 2 KB would be lost, and one in ten of 128 bytes.
 */
export class BoardPace {
  #bytes = FIRST_BODY_BYTES;
  #clean = 0;

  bodyBytes(): number {
    return this.#bytes;
  }

  arrived(mostBytes: number): void {
    if (++this.#clean < CLEAN_BEFORE_GROWTH) return;
    this.#clean = 0;
    this.#bytes = Math.min(this.#bytes * 2, Math.max(mostBytes, SMALLEST_BODY_BYTES));
  }

  lost(): void {
    this.#clean = 0;
    this.#bytes = Math.max(SMALLEST_BODY_BYTES, Math.floor(this.#bytes / 2));
  }
}
