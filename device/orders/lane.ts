/** Work in order of arrival, one at a time, never more than `limit` waiting (invariant I9). */
export class Lane<T> {
  readonly #limit: number;
  readonly #work: (item: T) => Promise<void>;
  readonly #onFailure: (error: unknown, item: T) => void;
  readonly #waiting: T[] = [];
  #running: Promise<void> | undefined;
  #inHand: Promise<void> = Promise.resolve();

  constructor(limit: number, work: (item: T) => Promise<void>, onFailure: (error: unknown, item: T) => void) {
    this.#limit = limit;
    this.#work = work;
    this.#onFailure = onFailure;
  }

  /** How many wait, without the one being worked on. */
  get length(): number {
    return this.#waiting.length;
  }

  /** False when the lane is full: the item was not taken. Safe inside a callback of a wire: nothing runs here. */
  offer(item: T): boolean {
    if (this.#waiting.length >= this.#limit) return false;
    this.#waiting.push(item);
    this.#running ??= Promise.resolve().then(() => this.#run());
    return true;
  }

  /** Resolves when nothing waits and nothing runs. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Resolves when what is in hand now is done; what waits behind it does not count. */
  turned(): Promise<void> {
    return this.#inHand;
  }

  async #run(): Promise<void> {
    for (let item = this.#waiting.shift(); item !== undefined; item = this.#waiting.shift()) {
      this.#inHand = this.#workOn(item);
      await this.#inHand;
    }
    this.#running = undefined;
  }

  async #workOn(item: T): Promise<void> {
    try {
      await this.#work(item);
    } catch (error) {
      // One bad item never stalls the rest.
      this.#onFailure(error, item);
    }
  }
}
