import type { Log } from './ports.ts';

interface Options<T> {
  name: string;
  /** Items waiting beyond this are dropped: whoever must not lose one sends it again. */
  limit: number;
  /** How many are handled at a time; 1 keeps their order. */
  atOnce: number;
  handle: (item: T) => Promise<void>;
  log: Log;
}

/** Takes what a wire calls back with, so that nothing is done inside the callback. Bounded; a failure stops nothing. */
export class Inbox<T> {
  readonly #options: Options<T>;
  readonly #waiting: T[] = [];
  #handling = 0;
  #dropped = 0;
  #idle: (() => void)[] = [];
  #open = true;

  constructor(options: Options<T>) {
    this.#options = options;
  }

  put(item: T): void {
    if (!this.#open) return;
    if (this.#waiting.length >= this.#options.limit) {
      // One line for a flood, not one line a message.
      if (this.#dropped++ % this.#options.limit === 0)
        this.#options.log.warn({ inbox: this.#options.name, dropped: this.#dropped }, 'an inbox is full');
      return;
    }
    this.#waiting.push(item);
    this.#next();
  }

  /** Takes nothing more and resolves when what is waiting is done. */
  async close(): Promise<void> {
    this.#open = false;
    await this.drained();
  }

  /** Resolves when nothing is waiting or being handled. */
  async drained(): Promise<void> {
    if (this.#handling === 0 && this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #next(): void {
    while (this.#handling < this.#options.atOnce) {
      const item = this.#waiting.shift();
      if (item === undefined) break;
      this.#handling++;
      this.#options
        .handle(item)
        .catch((error: unknown) =>
          this.#options.log.error({ inbox: this.#options.name, error }, 'a message could not be handled'),
        )
        .finally(() => {
          this.#handling--;
          this.#next();
        });
    }
    if (this.#handling === 0 && this.#waiting.length === 0) for (const done of this.#idle.splice(0)) done();
  }
}
