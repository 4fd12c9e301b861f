import { isServerError } from './errors.ts';
import { othersFirst } from './others-first.ts';

interface Options<T> {
  /** On one page at most. */
  most: number;
  /** Pages under way at a time; 1 where the next one gains by waiting for company. */
  atOnce?: number;
  handle: (page: readonly T[]) => Promise<void>;
  /** This one could not be handled, together with others or alone. */
  failed: (item: T, error: unknown) => void;
}

/**
 * What comes in one turn, or while those before are under way, is handled together: a lone item waits for nobody, and a storm costs
 * one fsync, or one question, for many. One that fails takes no other with it.
 */
export class Pages<T> {
  readonly #options: Options<T>;
  #waiting: T[] = [];
  #underWay = 0;

  constructor(options: Options<T>) {
    this.#options = options;
  }

  put(item: T): void {
    this.#waiting.push(item);
    // All but the first of a turn find somebody who will take them at its end.
    if (this.#waiting.length === 1) this.#callAnother();
  }

  #callAnother(): void {
    const { atOnce = 1 } = this.#options;
    if (this.#waiting.length > 0 && this.#underWay < atOnce) void this.#work();
  }

  async #work(): Promise<void> {
    this.#underWay++;
    while (this.#waiting.length > 0) {
      // All that the wire and other threads have brought by now comes along: a database in this thread would take each of it alone.
      await othersFirst();
      const page = this.#waiting.splice(0, this.#options.most);
      this.#callAnother();
      if (page.length > 0) await this.#together(page);
    }
    this.#underWay--;
  }

  async #together(page: readonly T[]): Promise<void> {
    try {
      await this.#options.handle(page);
    } catch (error) {
      const hopeless = page.length === 1 || isAway(error);
      if (hopeless) for (const item of page) this.#options.failed(item, error);
      else for (const item of page) await this.#together([item]);
    }
  }
}

/** What is away is away for each of them, and may be waited for for seconds before it is said. */
function isAway(error: unknown): boolean {
  return isServerError(error, 'database-down') || isServerError(error, 'signer-away');
}
