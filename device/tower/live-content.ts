import type { LiveSound } from '../playout/play.ts';

/** Sound that is made now: opened when it is wanted, not when it is made ready, and never ahead of itself. */
export class LiveContent {
  readonly #live: LiveSound;
  readonly #closed = new AbortController();
  #source: AsyncIterator<Int16Array> | undefined;

  constructor(live: LiveSound) {
    this.#live = live;
  }

  /** The next samples; undefined at the end or after `close`. Rejects as `LiveSound.open`. */
  async next(): Promise<Int16Array | undefined> {
    if (this.#closed.signal.aborted) return undefined;
    this.#source ??= this.#live.open(this.#closed.signal)[Symbol.asyncIterator]();
    const { done, value } = await this.#source.next();
    return done ? undefined : value;
  }

  close(): void {
    this.#closed.abort();
  }
}
