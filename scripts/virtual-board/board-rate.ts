import { FIRST_RATE, RATE_SILENCE_MS, type Rate } from '../../firmware-protocol/serial/line.ts';
import type { ErrorName } from '../../firmware-protocol/serial/system.ts';
import type { BoardTime } from './board-time.ts';

/** The rate at which a board listens and speaks (SPEC 5, rates). */
export class BoardRate {
  readonly #rates: readonly Rate[];
  readonly #time: BoardTime;
  #now = FIRST_RATE;
  #cancel: () => void = () => {};

  constructor(rates: readonly Rate[], time: BoardTime) {
    this.#rates = rates;
    this.#time = time;
  }

  /** Baud. */
  get baud(): number {
    return this.#now;
  }

  refuses(rate: number): ErrorName | undefined {
    return rate === FIRST_RATE || this.#rates.some((known) => Number(known) === rate)
      ? undefined
      : 'out-of-bounds';
  }

  goOver(rate: number): void {
    this.#now = rate;
    this.heard();
  }

  /** A whole frame came: the line carries this rate. */
  heard(): void {
    this.#cancel();
    if (this.#now === FIRST_RATE) return;
    this.#cancel = this.#time.after(RATE_SILENCE_MS, () => this.powerUp());
  }

  powerUp(): void {
    this.#cancel();
    this.#now = FIRST_RATE;
  }
}
