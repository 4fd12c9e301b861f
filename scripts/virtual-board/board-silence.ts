import type { BoardDisplay } from './board-display.ts';
import type { BoardTime } from './board-time.ts';
import type { PixelPage } from './pixel-page.ts';

/** The page for when nobody speaks to the board, kept over a loss of power (SPEC 8). */
export class BoardSilence {
  readonly #display: BoardDisplay;
  readonly #time: BoardTime;
  #page: PixelPage | undefined;
  #afterSeconds = 0;
  #heardAt: number;
  #cancel: () => void = () => {};

  constructor(display: BoardDisplay, time: BoardTime) {
    this.#display = display;
    this.#time = time;
    this.#heardAt = time.now();
  }

  get afterSeconds(): number {
    return this.#afterSeconds;
  }

  /** 0 = none. */
  pageCrc(): number {
    return this.#page?.crc() ?? 0;
  }

  keep(page: PixelPage): void {
    this.#page = page;
  }

  rule(afterSeconds: number): void {
    this.#afterSeconds = afterSeconds;
    this.#watch();
  }

  /** A whole frame came, or the board was switched on. */
  heard(): void {
    this.#heardAt = this.#time.now();
    this.#watch();
  }

  #watch(): void {
    this.#cancel();
    if (this.#afterSeconds === 0) return;
    const dueInMs = this.#heardAt + this.#afterSeconds * 1_000 - this.#time.now();
    this.#cancel = this.#time.after(Math.max(0, dueInMs), () => this.#fallBack());
  }

  #fallBack(): void {
    if (this.#page !== undefined && !this.#display.showsFallback) this.#display.fallBackTo(this.#page);
  }
}
