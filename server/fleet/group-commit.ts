import { Pages } from '../pages.ts';

interface Options<In, Out> {
  /** Stored together at most. */
  most: number;
  /** Groups under way at a time; 1 where the next one gains by waiting for company. */
  atOnce?: number;
  /** One answer an item, in their order. */
  store: (items: In[]) => Promise<Out[]>;
}

interface Waiting<In, Out> {
  item: In;
  resolve: (answer: Out) => void;
  reject: (error: unknown) => void;
}

/** Pages of which each item has an answer of its own. */
export class GroupCommit<In, Out> {
  readonly #pages: Pages<Waiting<In, Out>>;
  #items = 0;
  #groups = 0;

  constructor({ most, atOnce = 1, store }: Options<In, Out>) {
    this.#pages = new Pages({
      most,
      atOnce,
      handle: async (page) => {
        const answers = await store(page.map(({ item }) => item));
        this.#items += page.length;
        this.#groups++;
        for (const [at, { resolve }] of page.entries()) resolve(answers[at] as Out);
      },
      failed: ({ reject }, error) => reject(error),
    });
  }

  /** Resolves when it is durable. */
  put(item: In): Promise<Out> {
    return new Promise((resolve, reject) => this.#pages.put({ item, resolve, reject }));
  }

  /** How many were answered so far, and in how many goes. */
  done(): { items: number; groups: number } {
    return { items: this.#items, groups: this.#groups };
  }
}
