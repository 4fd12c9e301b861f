import { FIRST_RATE } from '../../firmware-protocol/serial/line.ts';

/** A rate that failed is left alone for so long at first, then for longer each time, and for a day at most. */
const FIRST_PATIENCE_MS = 60_000;
const PATIENCE_GROWS = 4;
const MOST_PATIENCE_MS = 86_400_000;
/** After one that failed nothing faster than half of it is tried: near rates fail for the same reason, and each try takes 2 s. */
const BELOW = 0.5;

/** Which rates this line is known not to carry. Lives as long as the link. */
export class BoardRates {
  /** Baud, of the session that is. */
  now = FIRST_RATE;
  #ceiling = Number.POSITIVE_INFINITY;
  #until = 0;
  #patienceMs = FIRST_PATIENCE_MS;

  /** The highest of the board's rates that is worth a try; undefined = stay at the first. */
  best(offered: readonly string[], now: number): number | undefined {
    const ceiling = now < this.#until ? this.#ceiling : Number.POSITIVE_INFINITY;
    const worth = offered.map(Number).filter((rate) => rate > FIRST_RATE && rate <= ceiling);
    return worth.length === 0 ? undefined : Math.max(...worth);
  }

  failed(rate: number, now: number): void {
    // A lower one that fails within the same search is no reason for more patience.
    if (now >= this.#until) this.#ceiling = Number.POSITIVE_INFINITY;
    const isNewSearch = rate > this.#ceiling || this.#ceiling === Number.POSITIVE_INFINITY;
    this.#ceiling = Math.min(this.#ceiling, rate * BELOW);
    this.#until = now + this.#patienceMs;
    if (isNewSearch) this.#patienceMs = Math.min(this.#patienceMs * PATIENCE_GROWS, MOST_PATIENCE_MS);
  }
}
