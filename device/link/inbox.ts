export interface InboxLimits {
  messages: number;
  bytes: number;
}

/**
 * A bounded queue with one worker: items are handled one after another, in order, outside the caller's stack.
 * What does not fit is refused at once, so that a flood costs neither memory nor the items before it (I9).
 */
export class Inbox<T extends { payload: Uint8Array }> {
  readonly #limits: InboxLimits;
  readonly #handle: (item: T) => Promise<void>;
  readonly #items: T[] = [];
  #bytes = 0;
  #working: Promise<void> | undefined;

  /** `handle` must not reject: its owner knows what an error means. */
  constructor(limits: InboxLimits, handle: (item: T) => Promise<void>) {
    this.#limits = limits;
    this.#handle = handle;
  }

  /** False: full, and the item was not taken. */
  offer(item: T): boolean {
    const { messages, bytes } = this.#limits;
    if (this.#items.length >= messages || this.#bytes + item.payload.length > bytes) return false;
    this.#items.push(item);
    this.#bytes += item.payload.length;
    this.#working ??= this.#work();
    return true;
  }

  /** Resolves when nothing is in hand or waits; undefined = that is so now. */
  get working(): Promise<void> | undefined {
    return this.#working;
  }

  /** Forgets what has not begun; resolves when the item in hand is done. */
  async close(): Promise<void> {
    this.#items.length = 0;
    this.#bytes = 0;
    await this.#working;
  }

  async #work(): Promise<void> {
    await Promise.resolve();
    for (let item = this.#items.shift(); item !== undefined; item = this.#items.shift()) {
      this.#bytes -= item.payload.length;
      await this.#handle(item);
    }
    this.#working = undefined;
  }
}
