import type { Log } from './ports.ts';

/** What was taken from the front is cut off by so many: `shift` moves all that waits, which costs a storm more than its mail. */
const CUT_OFF = 1_000;

interface Options<T> {
  name: string;
  /** What waits, or is being handled, beyond this is dropped: whoever must not lose an item sends it again. */
  limit: {
    items: number;
    bytes: number;
    /** Of one sender, so that a flood drops its own items and nobody else's. */
    itemsOfOne: number;
  };
  senderOf: (item: T) => string;
  bytesOf: (item: T) => number;
  /** How many are handled at a time. */
  atOnce: number;
  /**
   * `free`: whatever is next. `by-sender`: those of one sender one after the other, in their order, beside those of others;
   * what has no sender (`''`) is handled alone, after all before it and before all behind it.
   */
  order: 'free' | 'by-sender';
  handle: (item: T) => Promise<void>;
  log: Log;
}

/** Takes what a wire calls back with, so that nothing is done inside the callback. Bounded; a failure stops nothing. */
export class Inbox<T> {
  readonly #options: Options<T>;
  readonly #waiting: (T | undefined)[] = [];
  /** Where in it the first is that waits. */
  #first = 0;
  readonly #waitingOf = new Map<string, number>();
  /** By sender, behind the one that is being handled. */
  readonly #behind = new Map<string, T[]>();
  #held = 0;
  #bytes = 0;
  #handling = 0;
  #alone = false;
  #dropped = 0;
  #idle: (() => void)[] = [];
  #open = true;

  constructor(options: Options<T>) {
    this.#options = options;
  }

  put(item: T): void {
    if (this.#open && this.#hasRoomFor(item)) this.#take(item);
    else if (this.#open) this.#drop(item);
  }

  /** For what must not be lost and comes seldom: taken however full it is. */
  insist(item: T): void {
    if (this.#open) this.#take(item);
  }

  /** Takes nothing more and resolves when what is waiting is done. */
  async close(): Promise<void> {
    this.#open = false;
    if (this.#held === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** What it holds now, and what it had no room for so far. */
  held(): { name: string; items: number; bytes: number; dropped: number } {
    return { name: this.#options.name, items: this.#held, bytes: this.#bytes, dropped: this.#dropped };
  }

  #hasRoomFor(item: T): boolean {
    const { limit, senderOf, bytesOf } = this.#options;
    const ofSender = this.#waitingOf.get(senderOf(item)) ?? 0;
    return (
      this.#held < limit.items && ofSender < limit.itemsOfOne && this.#bytes + bytesOf(item) <= limit.bytes
    );
  }

  #take(item: T): void {
    this.#waiting.push(item);
    this.#count(item, 1);
    this.#next();
  }

  #count(item: T, change: 1 | -1): void {
    const { senderOf, bytesOf } = this.#options;
    const sender = senderOf(item);
    this.#bytes += change * bytesOf(item);
    this.#held += change;
    const left = (this.#waitingOf.get(sender) ?? 0) + change;
    if (left === 0) this.#waitingOf.delete(sender);
    else this.#waitingOf.set(sender, left);
  }

  #drop(item: T): void {
    const { name, limit, senderOf, log } = this.#options;
    // One line for a flood, not one line a message.
    if (this.#dropped++ % limit.items === 0)
      log.warn({ inbox: name, from: senderOf(item), dropped: this.#dropped }, 'an inbox is full');
  }

  #next(): void {
    while (this.#handling < this.#options.atOnce && !this.#alone) {
      const item = this.#waiting[this.#first];
      if (item === undefined) break;
      const sender = this.#laneOf(item);
      if (sender === '' && this.#handling > 0) break;
      this.#takeFirst();
      const behind = sender === undefined ? undefined : this.#behind.get(sender);
      if (behind !== undefined) behind.push(item);
      else this.#begin(item, sender);
    }
    if (this.#held === 0) for (const done of this.#idle.splice(0)) done();
  }

  #takeFirst(): void {
    this.#waiting[this.#first] = undefined;
    this.#first += 1;
    if (this.#first < CUT_OFF && this.#first < this.#waiting.length) return;
    this.#waiting.splice(0, this.#first);
    this.#first = 0;
  }

  #laneOf(item: T): string | undefined {
    const { order, senderOf } = this.#options;
    return order === 'free' ? undefined : senderOf(item);
  }

  #begin(item: T, sender: string | undefined): void {
    const { name, handle, log } = this.#options;
    this.#handling++;
    if (sender === '') this.#alone = true;
    else if (sender !== undefined && !this.#behind.has(sender)) this.#behind.set(sender, []);
    handle(item)
      .catch((error: unknown) => log.error({ inbox: name, error }, 'a message could not be handled'))
      .finally(() => {
        this.#handling--;
        this.#count(item, -1);
        this.#alone = false;
        const next = sender === undefined ? undefined : this.#behind.get(sender)?.shift();
        if (next !== undefined) this.#begin(next, sender);
        else if (sender !== undefined) this.#behind.delete(sender);
        this.#next();
      });
  }
}
