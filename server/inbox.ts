import { Pages } from './pages.ts';
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
  /**
   * What comes in masses is handled by the page, in the order of `order`: at 100,000 a second, a promise for each is most of the work.
   * Of these, `most` times `atOnce` are under way, beside the `atOnce` of the others.
   */
  pages?: {
    takes: (item: T) => boolean;
    most: number;
    atOnce: number;
    handle: (page: readonly T[]) => Promise<void>;
  };
  log: Log;
}

/** Of one sender: how many of its items are here, and, where its order matters, those behind the one that is being handled. */
interface Lane<T> {
  held: number;
  busy: boolean;
  behind: T[];
}

/** Takes what a wire calls back with, so that nothing is done inside the callback. Bounded; a failure stops nothing. */
export class Inbox<T> {
  readonly #options: Options<T>;
  readonly #pages: Pages<T> | undefined;
  readonly #waiting: (T | undefined)[] = [];
  /** Where in it the first is that waits. */
  #first = 0;
  readonly #lanes = new Map<string, Lane<T>>();
  #held = 0;
  #bytes = 0;
  /** Under way: by themselves, and on pages. */
  readonly #handling = { single: 0, paged: 0 };
  #alone = false;
  #dropped = 0;
  #idle: (() => void)[] = [];
  #open = true;

  constructor(options: Options<T>) {
    this.#options = options;
    this.#pages = options.pages && this.#pagesOf(options.pages);
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
    const ofSender = this.#lanes.get(senderOf(item))?.held ?? 0;
    return (
      this.#held < limit.items && ofSender < limit.itemsOfOne && this.#bytes + bytesOf(item) <= limit.bytes
    );
  }

  #take(item: T): void {
    const { senderOf, bytesOf } = this.#options;
    const sender = senderOf(item);
    const lane = this.#lanes.get(sender);
    if (lane === undefined) this.#lanes.set(sender, { held: 1, busy: false, behind: [] });
    else lane.held++;
    this.#held++;
    this.#bytes += bytesOf(item);
    this.#waiting.push(item);
    this.#next();
  }

  #drop(item: T): void {
    const { name, limit, senderOf, log } = this.#options;
    // One line for a flood, not one line a message.
    if (this.#dropped++ % limit.items === 0)
      log.warn({ inbox: name, from: senderOf(item), dropped: this.#dropped }, 'an inbox is full');
  }

  #next(): void {
    while (!this.#alone) {
      const item = this.#waiting[this.#first];
      if (item === undefined || !this.#canBegin(item)) break;
      const isAlone = this.#isAlone(item);
      if (isAlone && this.#handling.single + this.#handling.paged > 0) break;
      this.#takeFirst();
      this.#alone = isAlone;
      const lane = this.#laneOf(item);
      if (lane?.busy) lane.behind.push(item);
      else this.#begin(item, lane);
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

  #canBegin(item: T): boolean {
    const { atOnce, pages } = this.#options;
    if (pages?.takes(item)) return this.#handling.paged < pages.most * pages.atOnce;
    return this.#handling.single < atOnce;
  }

  #count(item: T, one: 1 | -1): void {
    this.#handling[this.#options.pages?.takes(item) ? 'paged' : 'single'] += one;
  }

  #isAlone(item: T): boolean {
    return this.#options.order === 'by-sender' && this.#options.senderOf(item) === '';
  }

  /** In which it waits for those before it. */
  #laneOf(item: T): Lane<T> | undefined {
    return this.#options.order === 'free' ? undefined : this.#lanes.get(this.#options.senderOf(item));
  }

  #begin(item: T, lane: Lane<T> | undefined): void {
    this.#count(item, 1);
    if (lane !== undefined) lane.busy = true;
    if (this.#options.pages?.takes(item)) this.#pages?.put(item);
    else this.#handle(item);
  }

  #handle(item: T): void {
    this.#options
      .handle(item)
      .catch((error: unknown) => this.#complain(error))
      .finally(() => {
        this.#end(item);
        this.#next();
      });
  }

  #pagesOf({ most, atOnce, handle }: NonNullable<Options<T>['pages']>): Pages<T> {
    return new Pages<T>({
      most,
      atOnce,
      handle: async (page) => {
        await handle(page);
        for (const item of page) this.#end(item);
        this.#next();
      },
      failed: (item, error) => {
        this.#complain(error);
        this.#end(item);
        this.#next();
      },
    });
  }

  #complain(error: unknown): void {
    const { name, log } = this.#options;
    log.error({ inbox: name, error }, 'a message could not be handled');
  }

  /** It is no longer here; the next of its sender begins. */
  #end(item: T): void {
    const { senderOf, bytesOf, order } = this.#options;
    const sender = senderOf(item);
    const lane = this.#lanes.get(sender);
    this.#count(item, -1);
    this.#held--;
    this.#bytes -= bytesOf(item);
    this.#alone = false;
    if (lane === undefined) return;
    lane.busy = false;
    if (--lane.held === 0) this.#lanes.delete(sender);
    const next = order === 'free' ? undefined : lane.behind.shift();
    if (next !== undefined) this.#begin(next, lane);
  }
}
