import { isServerError } from '../errors.ts';

interface Options<In, Out> {
  /** Stored together at most. */
  most: number;
  /** One answer an item, in their order. */
  store: (items: In[]) => Promise<Out[]>;
}

interface Waiting<In, Out> {
  item: In;
  resolve: (answer: Out) => void;
  reject: (error: unknown) => void;
}

/** After all that the wire and other threads have brought by now: a database in this thread would take each of it alone. */
function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * What comes in one turn, or while the database is busy, goes to it together: a lone item waits for nobody, and a storm costs one
 * fsync, or one question, for many. One that fails takes no other with it.
 */
export class GroupCommit<In, Out> {
  readonly #options: Options<In, Out>;
  readonly #waiting: Waiting<In, Out>[] = [];
  #busy = false;
  #items = 0;
  #groups = 0;

  constructor(options: Options<In, Out>) {
    this.#options = options;
  }

  /** Resolves when it is durable. */
  put(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#busy) void this.#work();
    });
  }

  /** How many were answered so far, and in how many goes. */
  done(): { items: number; groups: number } {
    return { items: this.#items, groups: this.#groups };
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      await endOfTurn();
      await this.#together(this.#waiting.splice(0, this.#options.most));
    }
    this.#busy = false;
  }

  async #together(group: Waiting<In, Out>[]): Promise<void> {
    try {
      const answers = await this.#options.store(group.map(({ item }) => item));
      this.#items += group.length;
      this.#groups++;
      for (const [at, { resolve }] of group.entries()) resolve(answers[at] as Out);
    } catch (error) {
      // A database that is away is away for each of them.
      const hopeless = group.length === 1 || isServerError(error, 'database-down');
      if (hopeless) for (const { reject } of group) reject(error);
      else for (const each of group) await this.#together([each]);
    }
  }
}
